import { useState } from "preact/hooks";
import type { ContactOut } from "../api/schema";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { FormProblem } from "../ui/FormProblem";
import { useForm } from "../ui/form";
import { w } from "../words";
import { AttributeFields } from "./AttributeFields";
import { attributesOf, changeContact, rowsOfAttributes } from "./contacts";

/** What the house keeps of a customer. */
export function ContactForm({ contact, onClose }: { contact: ContactOut; onClose: () => void }) {
  const [rows, setRows] = useState(rowsOfAttributes(contact.customAttributes));
  const { onSubmit, isSending, problem, fields } = useForm(async ({ name, email, notes }) => {
    const texts = { name: name?.trim() || null, email: email?.trim() || null, notes: notes?.trim() || null };
    await changeContact(contact.id, { ...texts, customAttributes: attributesOf(rows) });
    onClose();
  });
  return (
    <Dialog title={w.desk.contact.edit} onClose={onClose}>
      <form class="form dialog-body" onSubmit={onSubmit}>
        <Field label={w.desk.contact.name} problem={fields.name}>
          {(control) => <input {...control} class="input" name="name" defaultValue={contact.name ?? ""} />}
        </Field>
        <Field label={w.desk.contact.email} problem={fields.email}>
          {(control) => (
            <input {...control} class="input" type="email" name="email" defaultValue={contact.email ?? ""} />
          )}
        </Field>
        <Field label={w.desk.contact.notes} problem={fields.notes}>
          {(control) => (
            <textarea {...control} class="input" name="notes" rows={3} defaultValue={contact.notes ?? ""} />
          )}
        </Field>
        <AttributeFields rows={rows} onChange={setRows} />
        <FormProblem text={problem} />
        <div class="form-acts">
          <button type="button" class="button" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={isSending}>
            {w.desk.contact.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
