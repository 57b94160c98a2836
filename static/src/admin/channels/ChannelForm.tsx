import { channels } from "../../lists";
import { notify } from "../../notices";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { FormProblem } from "../../ui/FormProblem";
import { useForm } from "../../ui/form";
import type { Channel } from "../../wire";
import { w } from "../../words";
import { adminApi } from "../api";
import { FormActs } from "../ui/FormActs";
import { FieldsOfMeta } from "./FieldsOfMeta";
import { SECRETS } from "./fields";

/** Another name, or new keys; a key that is left empty stays as it is. */
export function ChannelForm({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const form = useForm(async (values) => {
    const given = Object.entries(values).map(([name, text]) => [name, text.trim()]);
    await adminApi.changeChannel(channel.id, Object.fromEntries(given.filter(([, text]) => text !== "")));
    await channels.reload();
    notify("good", w.admin.saved);
    onClose();
  });
  return (
    <Dialog title={w.admin.channels.edit(channel.name)} onClose={onClose}>
      <form class="form dialog-body" onSubmit={form.onSubmit} autocomplete="off">
        <FormProblem text={form.problem} />
        <Field label={w.channels.name} problem={form.fields.name}>
          {(control) => (
            <input
              {...control}
              class="input"
              name="name"
              maxLength={80}
              defaultValue={channel.name}
              required
            />
          )}
        </Field>
        {!channel.phoneUrl && (
          <>
            <p class="field-note">{w.admin.channels.keysStay}</p>
            <FieldsOfMeta fields={SECRETS} problems={form.fields} isOptional />
          </>
        )}
        <FormActs act={w.admin.save} isSending={form.isSending} onClose={onClose} />
      </form>
    </Dialog>
  );
}
