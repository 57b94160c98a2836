import { addNote } from "../thread/acts";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import type { Id } from "../wire";
import { w } from "../words";

interface Props {
  conversationId: Id;
  onClose: () => void;
}

export function NoteDialog({ conversationId, onClose }: Props) {
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    const content = String(new FormData(event.currentTarget as HTMLFormElement).get("content")).trim();
    if (content && (await addNote(conversationId, content))) onClose();
  };
  return (
    <Dialog title={w.composer.noteTitle} onClose={onClose}>
      <form class="form dialog-body" onSubmit={save}>
        <Field label={w.composer.notePlaceholder} hint={w.composer.noteHint}>
          {(control) => <textarea {...control} class="input" name="content" rows={4} required />}
        </Field>
        <div class="form-acts">
          <button type="button" class="button" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="submit" class="button button-main">
            {w.composer.addNote}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
