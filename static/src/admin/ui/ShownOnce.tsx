import { Dialog } from "../../ui/Dialog";
import { w } from "../../words";
import { Pasted } from "./Pasted";

interface Props {
  title: string;
  text: string;
  label: string;
  secret: string;
  onClose: () => void;
}

/** A secret that the server tells now and never again. */
export function ShownOnce({ title, text, label, secret, onClose }: Props) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="form dialog-body">
        <p class="settings-panel-warning">{text}</p>
        <Pasted label={label} text={secret} />
        <div class="form-acts">
          <button type="button" class="button button-main" onClick={onClose}>
            {w.admin.keptIt}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
