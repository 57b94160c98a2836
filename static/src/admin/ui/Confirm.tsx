import type { ComponentChildren } from "preact";
import { Dialog } from "../../ui/Dialog";
import { w } from "../../words";
import { useAct } from "../act";

interface Props {
  title: string;
  /** What the button says: the act itself, never "OK". */
  act: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
  children: ComponentChildren;
}

/** Asks before what cannot be undone, with what it will do. */
export function Confirm({ title, act, onConfirm, onClose, children }: Props) {
  const [isActing, confirm] = useAct(onConfirm);
  const onClick = async () => {
    if (await confirm()) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="form dialog-body">
        <div class="confirm-text">{children}</div>
        <div class="form-acts">
          <button type="button" class="button" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="button" class="button button-bad" disabled={isActing} onClick={onClick}>
            {act}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
