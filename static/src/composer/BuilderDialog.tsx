import type { ComponentChildren } from "preact";
import { type Interactive, InteractiveBody } from "../message/InteractiveBody";
import { Dialog } from "../ui/Dialog";
import { w } from "../words";

interface Props {
  title: string;
  preview: Interactive;
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
          <div class="bubble bubble-out">
            <InteractiveBody {...preview} />
          </div>
        </section>
        <div class="form-acts">
          <button type="button" class="button" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="submit" class="button button-main">
            {w.send}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
