import { useState } from "preact/hooks";
import { teams } from "../../lists";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { FormProblem } from "../../ui/FormProblem";
import { useForm } from "../../ui/form";
import type { Id, Team } from "../../wire";
import { w } from "../../words";
import { adminApi } from "../api";
import { members } from "../lists";
import { Checks } from "../ui/Checks";
import { FormActs } from "../ui/FormActs";

interface Props {
  /** Null for a new one. */
  team: Team | null;
  onClose: () => void;
}

export function TeamForm({ team, onClose }: Props) {
  const [memberIds, setMemberIds] = useState<Id[]>(team?.memberIds ?? []);
  const form = useForm(async ({ name = "", description = "" }) => {
    const changed = { name: name.trim(), description: description.trim() || null, memberIds };
    await (team ? adminApi.changeTeam(team.id, changed) : adminApi.createTeam(changed));
    void teams.reload();
    void members.reload();
    onClose();
  });
  const able = members.rows.value.filter(
    ({ id, status }) => status === "ACTIVE" || team?.memberIds.includes(id),
  );
  return (
    <Dialog title={team ? w.admin.teams.edit : w.admin.teams.add} onClose={onClose}>
      <form class="form dialog-body" onSubmit={form.onSubmit} autocomplete="off">
        <FormProblem text={form.problem} />
        <Field label={w.admin.name} problem={form.fields.name}>
          {(control) => (
            <input {...control} class="input" name="name" maxLength={60} defaultValue={team?.name} required />
          )}
        </Field>
        <Field label={`${w.admin.teams.description} (${w.optional})`} problem={form.fields.description}>
          {(control) => (
            <input
              {...control}
              class="input"
              name="description"
              maxLength={500}
              defaultValue={team?.description ?? ""}
            />
          )}
        </Field>
        <Checks
          legend={w.admin.teams.members}
          of={able}
          chosen={memberIds}
          empty={w.loading}
          onChange={setMemberIds}
        />
        <FormActs
          act={team ? w.admin.save : w.admin.teams.create}
          isSending={form.isSending}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
