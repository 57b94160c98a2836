import { useState } from "preact/hooks";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { FormProblem } from "../../ui/FormProblem";
import { useForm } from "../../ui/form";
import type { Role } from "../../wire";
import { w } from "../../words";
import { adminApi, ROLES } from "../api";
import { apiKeys } from "../lists";
import { FormActs } from "../ui/FormActs";

interface Props {
  onMade: (name: string, key: string) => void;
  onClose: () => void;
}

const DAY = 24 * 60 * 60 * 1000;
const LIVES = [30, 90, 365] as const;

export function KeyForm({ onMade, onClose }: Props) {
  const [role, setRole] = useState<Role>("AGENT");
  const form = useForm(async ({ name = "", days = "" }) => {
    const expiresAt = days ? new Date(Date.now() + Number(days) * DAY).toISOString() : null;
    const made = await adminApi.createApiKey({ name: name.trim(), role, expiresAt });
    onMade(made.name, made.key);
    void apiKeys.reload();
    onClose();
  });
  return (
    <Dialog title={w.admin.keys.add} onClose={onClose}>
      <form class="form dialog-body" onSubmit={form.onSubmit} autocomplete="off">
        <FormProblem text={form.problem} />
        <Field label={w.admin.name} hint={w.admin.keys.nameHint} problem={form.fields.name}>
          {(control) => <input {...control} class="input" name="name" maxLength={60} required />}
        </Field>
        <Field label={w.admin.users.role} hint={w.admin.users.roleTexts[role]} problem={form.fields.role}>
          {(control) => (
            <select
              {...control}
              class="input"
              value={role}
              onChange={(event) => setRole(event.currentTarget.value as Role)}
            >
              {ROLES.map((one) => (
                <option key={one} value={one}>
                  {w.account.roles[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={w.admin.keys.expires} problem={form.fields.expiresAt}>
          {(control) => (
            <select {...control} class="input" name="days">
              {LIVES.map((days) => (
                <option key={days} value={String(days)} selected={days === 365}>
                  {w.admin.keys.inDays(days)}
                </option>
              ))}
              <option value="">{w.admin.keys.never}</option>
            </select>
          )}
        </Field>
        <FormActs act={w.admin.keys.create} isSending={form.isSending} onClose={onClose} />
      </form>
    </Dialog>
  );
}
