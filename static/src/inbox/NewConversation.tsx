import { useEffect } from "preact/hooks";
import { channels } from "../lists";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { FormProblem } from "../ui/FormProblem";
import { useForm } from "../ui/form";
import type { Channel } from "../wire";
import { w } from "../words";
import { begin, isBeginning } from "./beginning";

function ChannelField({ rows }: { rows: readonly Channel[] }) {
  const [only] = rows;
  if (rows.length === 1 && only) return <input type="hidden" name="channelId" value={only.id} />;
  return (
    <Field label={w.desk.beginning.channel}>
      {(control) => (
        <select {...control} class="input" name="channelId" required>
          {rows.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Asked() {
  useEffect(() => void channels.load(), []);
  const close = () => {
    isBeginning.value = false;
  };
  const { onSubmit, isSending, problem, fields } = useForm(({ phone = "", name = "", channelId = "" }) =>
    begin({ phone: phone.trim(), name: name.trim() || null, channelId }),
  );
  return (
    <Dialog title={w.desk.beginning.title} onClose={close}>
      <form class="form dialog-body" onSubmit={onSubmit}>
        <p class="quiet">{w.desk.beginning.lead}</p>
        <Field label={w.card.phone} hint={w.desk.beginning.phoneHint} problem={fields.phoneNumber}>
          {(control) => <input {...control} class="input" name="phone" type="tel" required />}
        </Field>
        <Field label={`${w.desk.contact.name} (${w.optional})`} problem={fields.name}>
          {(control) => <input {...control} class="input" name="name" autocomplete="off" />}
        </Field>
        <ChannelField rows={channels.rows.value} />
        <FormProblem text={problem} />
        <div class="form-acts">
          <button type="button" class="button" onClick={close}>
            {w.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={isSending}>
            {w.desk.beginning.confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** With whom to begin: a customer who has not written yet, or not for long. */
export function NewConversation() {
  return isBeginning.value ? <Asked /> : null;
}
