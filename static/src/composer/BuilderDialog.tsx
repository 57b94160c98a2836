import type { ComponentChildren } from "preact";
import { Dialog } from "../ui/Dialog";
import { w } from "../words";

interface Props {
  title: string;
  /** Null while there is nothing yet that could be sent. */
  preview: ComponentChildren;
  onSend: () => void;
  onClose: () => void;
  children: ComponentChildren;
}

/** A form on the left, and on the right the message as the customer will see it. */
export function BuilderDialog({ title, preview, onSend, onClose, children }: Props) {
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    onSend();
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose} wide>
      <form class="builder dialog-body" onSubmit={send}>
        <div class="form">{children}</div>
        <section class="builder-preview" aria-label={w.builder.preview}>
          <p class="builder-label">{w.builder.preview}</p>
          {preview && <div class="bubble bubble-out">{preview}</div>}
        </section>
        <div class="form-acts">
          <button type="button" class="button" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={!preview}>
            {w.send}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
