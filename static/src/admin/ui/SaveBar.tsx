import { FormProblem } from "../../ui/FormProblem";
import { w } from "../../words";
import type { Draft } from "../draft";

interface Props<T> {
  draft: Draft<T>;
  /** Why it cannot be saved as it is. */
  cannot?: string | null;
}

/** At the foot of a page while something on it is not saved. */
export function SaveBar<T>({ draft, cannot = null }: Props<T>) {
  if (!draft.isChanged) return null;
  return (
    <section class="save-bar" aria-label={w.admin.unsaved}>
      <FormProblem text={draft.problem} />
      <p role="status">{cannot ?? w.admin.unsaved}</p>
      <button type="button" class="button" disabled={draft.isSaving} onClick={draft.discard}>
        {w.admin.discard}
      </button>
      <button
        type="button"
        class="button button-main"
        disabled={draft.isSaving || cannot !== null}
        onClick={draft.save}
      >
        {draft.isSaving ? w.admin.saving : w.admin.save}
      </button>
    </section>
  );
}
