import { teams } from "../../lists";
import { me } from "../../session";
import { rowTime } from "../../time";
import { Avatar } from "../../ui/Avatar";
import { MenuItem } from "../../ui/Menu";
import { w } from "../../words";
import { mayManage } from "../may";
import { Acts } from "../ui/Acts";
import type { Member } from "../wire";

export type MemberAct = "edit" | "password" | "deactivate" | "activate";

interface Props {
  member: Member;
  onAct: (act: MemberAct, member: Member) => void;
}

const teamNames = ({ teamIds }: Member) =>
  teams.rows.value.filter(({ id }) => teamIds.includes(id)).map(({ name }) => name);

function MemberActs({ member, onAct }: Props) {
  const isOwn = member.id === me.value?.id;
  const isActive = member.status === "ACTIVE";
  return (
    <Acts of={member.name}>
      <MenuItem onChoose={() => onAct("edit", member)}>{w.admin.edit}</MenuItem>
      {isActive && !isOwn && (
        <MenuItem onChoose={() => onAct("password", member)}>{w.admin.users.resetPassword}</MenuItem>
      )}
      {!isOwn && (
        <MenuItem onChoose={() => onAct(isActive ? "deactivate" : "activate", member)}>
          {isActive ? w.admin.users.deactivate : w.admin.users.activate}
        </MenuItem>
      )}
    </Acts>
  );
}

export function MemberRow({ member, onAct }: Props) {
  const isOwn = member.id === me.value?.id;
  const names = teamNames(member);
  return (
    <tr>
      <th scope="row" class="cell-main">
        <div class="person">
          <Avatar name={member.name} small />
          <span class="cell-lines">
            <span class="cell-name">
              {member.name}
              {isOwn && <span class="mark">{w.inbox.you}</span>}
            </span>
            <span class="cell-sub">{member.email}</span>
          </span>
        </div>
      </th>
      <td data-label={w.admin.users.role}>{w.account.roles[member.role]}</td>
      <td data-label={w.admin.users.teams}>{names.length > 0 ? names.join(", ") : w.admin.none}</td>
      <td data-label={w.admin.users.open} class="cell-number">
        {member.conversationsCount}
        {member.capacity && <span class="cell-sub"> / {member.capacity}</span>}
      </td>
      <td data-label={w.admin.users.lastLogin}>
        {member.lastLogin ? rowTime(member.lastLogin) : w.admin.users.never}
      </td>
      <td class="cell-acts">{mayManage(member.role) && <MemberActs member={member} onAct={onAct} />}</td>
    </tr>
  );
}
