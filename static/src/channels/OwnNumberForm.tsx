import { api, type ChannelDraft } from "../api";
import { Field } from "../ui/Field";
import { FormProblem } from "../ui/FormProblem";
import { useForm } from "../ui/form";
import { w } from "../words";

interface Props {
  onConnected: () => Promise<void>;
  onCancel: () => void;
}

type Asked = Exclude<keyof ChannelDraft, "type" | "displayPhoneNumber">;

const asked: { name: Asked; hint?: string; isSecret?: boolean }[] = [
  { name: "name" },
  { name: "phoneNumberId", hint: w.channels.phoneNumberIdHint },
  { name: "wabaId" },
  { name: "accessToken", hint: w.channels.accessTokenHint, isSecret: true },
  { name: "appSecret", hint: w.channels.appSecretHint, isSecret: true },
  { name: "verifyToken", hint: w.channels.verifyTokenHint },
];

export function OwnNumberForm({ onConnected, onCancel }: Props) {
  const form = useForm(async (values) => {
    const trimmed = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()]));
    await api.connect({ type: "WHATSAPP_CLOUD", ...(trimmed as Pick<ChannelDraft, Asked>) });
    await onConnected();
  });
  return (
    <form class="form sheet" onSubmit={form.onSubmit} autocomplete="off">
      <h2>{w.channels.own}</h2>
      <FormProblem text={form.problem} />
      {asked.map(({ name, hint, isSecret }) => (
        <Field key={name} label={w.channels[name]} hint={hint} problem={form.fields[name]}>
          {(control) => (
            <input
              {...control}
              class="input"
              name={name}
              {...(isSecret ? { type: "password" } : { type: "text" })}
              autocomplete={isSecret ? "new-password" : "off"}
              placeholder={name === "name" ? w.channels.namePlaceholder : undefined}
              required
            />
          )}
        </Field>
      ))}
      <div class="form-acts">
        <button type="button" class="button" onClick={onCancel}>
          {w.back}
        </button>
        <button type="submit" class="button button-main" disabled={form.isSending}>
          {w.channels.submit}
        </button>
      </div>
    </form>
  );
}
