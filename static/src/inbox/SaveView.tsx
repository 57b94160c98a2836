import { notify } from "../notices";
import { may } from "../session";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { FormProblem } from "../ui/FormProblem";
import { useForm } from "../ui/form";
import { w } from "../words";
import { saveView } from "./views";

/** A name for what the list shows now. */
export function SaveView({ onClose }: { onClose: () => void }) {
  const { onSubmit, isSending, problem, fields } = useForm(async ({ name = "", shared }) => {
    await saveView({ name: name.trim(), shared: shared === "on" });
    notify("good", w.desk.views.saved(name.trim()));
    onClose();
  });
  return (
    <Dialog title={w.desk.views.saveTitle} onClose={onClose}>
      <form class="form dialog-body" onSubmit={onSubmit}>
        <p class="quiet">{w.desk.views.saveLead}</p>
        <Field label={w.desk.views.name} problem={fields.name}>
          {(control) => <input {...control} class="input" name="name" maxLength={60} required />}
        </Field>
        {may("catalog.edit") && (
          <label class="check-line">
            <input type="checkbox" name="shared" />
            {w.desk.views.share}
          </label>
        )}
        <FormProblem text={problem} />
        <div class="form-acts">
          <button type="button" class="button" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={isSending}>
            {w.desk.views.confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
