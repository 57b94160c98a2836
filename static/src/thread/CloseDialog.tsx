import type { Resolution } from "../api/schema";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import type { Id } from "../wire";
import { w } from "../words";
import { close } from "./acts";
import { RESOLUTIONS } from "./CloseMenu";

interface Props {
  conversationId: Id;
  onClose: () => void;
}

/** With what outcome a conversation is closed, and what the team should know of it. */
export function CloseDialog({ conversationId, onClose }: Props) {
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const resolution = String(form.get("resolution")) as Resolution;
    const notes = String(form.get("notes")).trim();
    if (await close(conversationId, { resolution, notes: notes || null })) onClose();
  };
  return (
    <Dialog title={w.desk.closing.title} onClose={onClose}>
      <form class="form dialog-body" onSubmit={send}>
        <fieldset class="destinations">
          <legend>{w.desk.closing.outcome}</legend>
          {RESOLUTIONS.map((resolution) => (
            <label key={resolution} class="destination">
              <input
                type="radio"
                name="resolution"
                value={resolution}
                defaultChecked={resolution === "RESOLVED"}
              />
              <span>{w.desk.closing.outcomes[resolution]}</span>
            </label>
          ))}
        </fieldset>
        <Field label={w.desk.closing.notes} hint={w.desk.closing.notesHint}>
          {(control) => <textarea {...control} class="input" name="notes" rows={3} maxLength={2000} />}
        </Field>
        <div class="form-acts">
          <button type="button" class="button" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="submit" class="button button-main">
            {w.desk.closing.confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
