import { notify } from "../../notices";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { FormProblem } from "../../ui/FormProblem";
import { useForm } from "../../ui/form";
import { w } from "../../words";
import { adminApi } from "../api";
import { integrations } from "../lists";
import { FormActs } from "../ui/FormActs";
import type { Integration, IntegrationChange, IntegrationKind } from "../wire";
import { FIELDS, type FieldName } from "./kinds";

interface Props {
  kind: IntegrationKind;
  /** Absent until it is connected. */
  integration: Integration | undefined;
  onClose: () => void;
}

/** Only what has something in it; a key that stays as it is, is not sent. */
function changeIn(kind: IntegrationKind, values: Record<string, string>): IntegrationChange {
  const told = FIELDS[kind].map(({ name }) => [name, values[name]?.trim() ?? ""] as const);
  const worth = told.filter(([name, text]) => text !== "" || name === "model" || name === "ticketType");
  return Object.fromEntries(
    worth.map(([name, text]) => [name, name === "ticketType" ? Number(text) || null : text || null]),
  );
}

function hintOf(
  kind: IntegrationKind,
  name: FieldName,
  integration: Integration | undefined,
): string | undefined {
  if (name === "key" && integration) return w.admin.assistant.keyKept(integration.key);
  const hints: Partial<Record<FieldName, string>> = w.admin.assistant.kinds[kind].hints;
  return hints[name];
}

export function IntegrationForm({ kind, integration, onClose }: Props) {
  const form = useForm(async (values) => {
    const change = changeIn(kind, values);
    if (integration) await adminApi.changeIntegration(integration.id, change);
    else await adminApi.connectIntegration({ kind, key: "", ...change });
    await integrations.reload();
    notify("good", w.admin.saved);
    onClose();
  });
  return (
    <Dialog title={w.admin.assistant.kinds[kind].title} onClose={onClose}>
      <form class="form dialog-body" onSubmit={form.onSubmit} autocomplete="off">
        <FormProblem text={form.problem} />
        {FIELDS[kind].map(({ name, isOptional }) => (
          <Field
            key={name}
            label={
              isOptional
                ? `${w.admin.assistant.fields[name]} (${w.optional})`
                : w.admin.assistant.fields[name]
            }
            hint={hintOf(kind, name, integration)}
            problem={form.fields[name]}
          >
            {(control) => (
              <input
                {...control}
                class="input"
                name={name}
                {...(name === "key" ? { type: "password" } : { type: "text" })}
                inputMode={name === "ticketType" ? "numeric" : name === "url" ? "url" : "text"}
                autocomplete={name === "key" ? "new-password" : "off"}
                defaultValue={name === "key" ? "" : (integration?.[name] ?? "")}
                required={!isOptional && !(name === "key" && integration)}
              />
            )}
          </Field>
        ))}
        <FormActs
          act={integration ? w.admin.save : w.admin.assistant.connect}
          isSending={form.isSending}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
