import { useEffect, useState } from "preact/hooks";
import { teams } from "../../lists";
import { Avatar } from "../../ui/Avatar";
import { EmptyState } from "../../ui/EmptyState";
import { Icon } from "../../ui/Icon";
import { MenuItem } from "../../ui/Menu";
import type { Team } from "../../wire";
import { w } from "../../words";
import { adminApi } from "../api";
import { members } from "../lists";
import { Acts } from "../ui/Acts";
import { Confirm } from "../ui/Confirm";
import { Listed } from "../ui/Listed";
import { PageHead } from "../ui/PageHead";
import { TeamForm } from "./TeamForm";

const FACES_SHOWN = 6;

function Faces({ team }: { team: Team }) {
  const people = members.rows.value.filter(({ id }) => team.memberIds.includes(id));
  if (team.memberIds.length === 0) return <span class="cell-warn">{w.admin.teams.nobody}</span>;
  return (
    <span class="faces">
      <span class="faces-row" title={people.map(({ name }) => name).join(", ")}>
        {people.slice(0, FACES_SHOWN).map(({ id, name }) => (
          <Avatar key={id} name={name} small />
        ))}
      </span>
      {w.admin.teams.count(team.memberIds.length)}
    </span>
  );
}

interface RowProps {
  team: Team;
  onEdit: () => void;
  onRemove: () => void;
}

function TeamRow({ team, onEdit, onRemove }: RowProps) {
  return (
    <li class="entry-row">
      <div class="cell-lines">
        <strong class="cell-name">{team.name}</strong>
        {team.description && <span class="cell-sub">{team.description}</span>}
      </div>
      <Faces team={team} />
      <Acts of={team.name}>
        <MenuItem onChoose={onEdit}>{w.admin.edit}</MenuItem>
        <MenuItem onChoose={onRemove}>{w.admin.remove}</MenuItem>
      </Acts>
    </li>
  );
}

export function Teams() {
  useEffect(() => void members.load(), []);
  const [edited, setEdited] = useState<Team | "new" | null>(null);
  const [removed, setRemoved] = useState<Team | null>(null);
  const add = (
    <button type="button" class="button button-main" onClick={() => setEdited("new")}>
      <Icon name="plus" size={16} />
      {w.admin.teams.add}
    </button>
  );
  const remove = async (team: Team) => {
    await adminApi.removeTeam(team.id);
    void teams.reload();
  };
  const isEmpty = teams.state.value === "ready" && teams.rows.value.length === 0;
  return (
    <>
      <PageHead title={w.admin.pages.equipes} lead={w.admin.teams.lead}>
        {!isEmpty && add}
      </PageHead>
      <Listed
        list={teams}
        empty={
          <EmptyState icon="team" title={w.admin.teams.empty} text={w.admin.teams.emptyText}>
            {add}
          </EmptyState>
        }
      >
        <ul class="entries">
          {teams.rows.value.map((team) => (
            <TeamRow
              key={team.id}
              team={team}
              onEdit={() => setEdited(team)}
              onRemove={() => setRemoved(team)}
            />
          ))}
        </ul>
      </Listed>
      {edited && <TeamForm team={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
      {removed && (
        <Confirm
          title={w.admin.teams.removeTitle(removed.name)}
          act={w.admin.remove}
          onConfirm={() => remove(removed)}
          onClose={() => setRemoved(null)}
        >
          {w.admin.teams.removeText}
        </Confirm>
      )}
    </>
  );
}
