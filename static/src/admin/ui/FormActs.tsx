import { w } from "../../words";

interface Props {
  act: string;
  isSending: boolean;
  onClose: () => void;
}

export function FormActs({ act, isSending, onClose }: Props) {
  return (
    <div class="form-acts">
      <button type="button" class="button" onClick={onClose}>
        {w.cancel}
      </button>
      <button type="submit" class="button button-main" disabled={isSending}>
        {act}
      </button>
    </div>
  );
}
