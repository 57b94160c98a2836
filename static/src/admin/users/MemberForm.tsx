import { useEffect, useState } from "preact/hooks";
import { teams } from "../../lists";
import { me } from "../../session";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { FormProblem } from "../../ui/FormProblem";
import { useForm } from "../../ui/form";
import type { Id, Role } from "../../wire";
import { w } from "../../words";
import { adminApi, ROLES } from "../api";
import { members } from "../lists";
import { mayManage } from "../may";
import { Checks } from "../ui/Checks";
import { FormActs } from "../ui/FormActs";
import type { Member } from "../wire";
import { newPassword } from "./password";

interface Props {
  /** Null for someone new. */
  member: Member | null;
  onInvited: (member: Member, password: string) => void;
  onClose: () => void;
}

function RoleField({
  role,
  onChange,
  isOwn,
}: {
  role: Role;
  isOwn: boolean;
  onChange: (role: Role) => void;
}) {
  return (
    <Field label={w.admin.users.role} hint={isOwn ? w.admin.users.ownRole : w.admin.users.roleTexts[role]}>
      {(control) => (
        <select
          {...control}
          class="input"
          value={role}
          disabled={isOwn}
          onChange={(event) => onChange(event.currentTarget.value as Role)}
        >
          {ROLES.filter((one) => mayManage(one) || one === role).map((one) => (
            <option key={one} value={one}>
              {w.account.roles[one]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function CapacityField({ capacity, problem }: { capacity: number | null; problem: string | undefined }) {
  return (
    <Field
      label={`${w.admin.users.capacity} (${w.optional})`}
      hint={w.admin.users.capacityHint}
      problem={problem}
    >
      {(control) => (
        <input
          {...control}
          class="input input-short"
          name="capacity"
          type="number"
          min={1}
          max={500}
          defaultValue={capacity ?? ""}
        />
      )}
    </Field>
  );
}

export function MemberForm({ member, onInvited, onClose }: Props) {
  useEffect(() => void teams.load(), []);
  const [role, setRole] = useState<Role>(member?.role ?? "AGENT");
  const [teamIds, setTeamIds] = useState<Id[]>(member?.teamIds ?? []);
  const form = useForm(async ({ name = "", email = "", capacity }) => {
    const own = Number(capacity) || null;
    const change = { name: name.trim(), email: email.trim(), role, teamIds, capacity: own };
    if (member) await adminApi.changeMember(member.id, change);
    else {
      const password = newPassword();
      onInvited(await adminApi.createMember({ ...change, password }), password);
    }
    void members.reload();
    onClose();
  });
  return (
    <Dialog title={member ? w.admin.users.edit : w.admin.users.invite} onClose={onClose}>
      <form class="form dialog-body" onSubmit={form.onSubmit} autocomplete="off">
        <FormProblem text={form.problem} />
        <Field label={w.admin.name} problem={form.fields.name}>
          {(control) => (
            <input
              {...control}
              class="input"
              name="name"
              maxLength={120}
              defaultValue={member?.name}
              required
            />
          )}
        </Field>
        <Field label={w.account.email} problem={form.fields.email}>
          {(control) => (
            <input
              {...control}
              class="input"
              name="email"
              type="email"
              autocomplete="off"
              defaultValue={member?.email}
              required
            />
          )}
        </Field>
        <RoleField role={role} isOwn={member?.id === me.value?.id} onChange={setRole} />
        <CapacityField capacity={member?.capacity ?? null} problem={form.fields.capacity} />
        <Checks
          legend={w.admin.users.teams}
          of={teams.rows.value}
          chosen={teamIds}
          empty={w.admin.users.noTeamsYet}
          onChange={setTeamIds}
        />
        <FormActs
          act={member ? w.admin.save : w.admin.users.create}
          isSending={form.isSending}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
