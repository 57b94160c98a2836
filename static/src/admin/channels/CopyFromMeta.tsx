import { Field } from "../../ui/Field";
import { FormProblem } from "../../ui/FormProblem";
import { useForm } from "../../ui/form";
import { w } from "../../words";
import type { NewChannel } from "../wire";
import { FieldsOfMeta } from "./FieldsOfMeta";
import { FROM_META, type Typed } from "./fields";

interface Props {
  typed: Typed;
  onType: (typed: Typed) => void;
  isNumberFixed: boolean;
  onSend: (copied: Omit<NewChannel, "verifyToken">) => Promise<void>;
  onBack: () => void;
}

const valuesOf = (form: HTMLFormElement) => Object.fromEntries(new FormData(form)) as Typed;

export function CopyFromMeta({ typed, onType, isNumberFixed, onSend, onBack }: Props) {
  const form = useForm(async (values) => {
    const trimmed = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, text.trim()]));
    const { name = "", phoneNumberId = "", wabaId = "", accessToken = "", appSecret = "" } = trimmed;
    await onSend({ name, phoneNumberId, wabaId, accessToken, appSecret });
  });
  return (
    <form
      class="form"
      onSubmit={form.onSubmit}
      onInput={({ currentTarget }) => onType(valuesOf(currentTarget))}
      autocomplete="off"
    >
      <FormProblem text={form.problem} />
      <Field label={w.channels.name} hint={w.admin.channels.nameHint} problem={form.fields.name}>
        {(control) => (
          <input
            {...control}
            class="input"
            name="name"
            maxLength={80}
            placeholder={w.channels.namePlaceholder}
            defaultValue={typed.name}
            required
          />
        )}
      </Field>
      <FieldsOfMeta fields={FROM_META} problems={form.fields} typed={typed} isNumberFixed={isNumberFixed} />
      <div class="form-acts">
        <button type="button" class="button" onClick={onBack}>
          {w.back}
        </button>
        <button type="submit" class="button button-main" disabled={form.isSending}>
          {form.isSending ? w.admin.channels.connecting : w.channels.submit}
        </button>
      </div>
    </form>
  );
}
