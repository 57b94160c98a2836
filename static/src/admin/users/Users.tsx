import { useEffect, useState } from "preact/hooks";
import { teams } from "../../lists";
import { attempt, notify } from "../../notices";
import { Icon } from "../../ui/Icon";
import { w } from "../../words";
import { adminApi } from "../api";
import { members } from "../lists";
import { Confirm } from "../ui/Confirm";
import { Listed } from "../ui/Listed";
import { PageHead } from "../ui/PageHead";
import type { Member } from "../wire";
import { Access } from "./Access";
import { MemberForm } from "./MemberForm";
import { type MemberAct, MemberRow } from "./MemberRow";
import { newPassword } from "./password";

type Doing = { act: MemberAct | "invite"; member: Member | null };
type Entrance = { title: string; member: Member; password: string };

const folded = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Those at work first; an e-mail or a name finds anyone. */
function found(text: string): Member[] {
  const isWanted = ({ name, email }: Member) => folded(`${name} ${email}`).includes(folded(text.trim()));
  const rank = ({ status }: Member) => (status === "ACTIVE" ? 0 : 1);
  return members.rows.value.filter(isWanted).sort((one, other) => rank(one) - rank(other));
}

function MembersTable({ rows, onAct }: { rows: Member[]; onAct: (act: MemberAct, member: Member) => void }) {
  const columns = [w.admin.users.person, w.admin.users.role, w.admin.users.teams];
  const isOn = (member: Member) => member.status === "ACTIVE";
  const [active, gone] = [rows.filter(isOn), rows.filter((member) => !isOn(member))];
  return (
    <table class="settings-table">
      <caption class="visually-hidden">{w.admin.pages.pessoas}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
          <th scope="col" class="cell-number">
            {w.admin.users.open}
          </th>
          <th scope="col">{w.admin.users.lastLogin}</th>
          <th scope="col">
            <span class="visually-hidden">{w.admin.acts}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {active.map((member) => (
          <MemberRow key={member.id} member={member} onAct={onAct} />
        ))}
      </tbody>
      {gone.length > 0 && (
        <tbody class="settings-table-faded">
          <tr class="settings-table-group">
            <th scope="rowgroup" colSpan={6}>
              {w.admin.users.deactivated(gone.length)}
            </th>
          </tr>
          {gone.map((member) => (
            <MemberRow key={member.id} member={member} onAct={onAct} />
          ))}
        </tbody>
      )}
    </table>
  );
}

interface DialogsProps {
  doing: Doing;
  onEntrance: (entrance: Entrance) => void;
  onClose: () => void;
}

function Dialogs({ doing: { act, member }, onEntrance, onClose }: DialogsProps) {
  if (act === "invite" || act === "edit" || !member) {
    const onInvited = (made: Member, password: string) =>
      onEntrance({ title: w.admin.users.invited, member: made, password });
    return <MemberForm member={member} onInvited={onInvited} onClose={onClose} />;
  }
  if (act === "password") {
    const reset = async () => {
      const password = newPassword();
      await adminApi.changeMember(member.id, { password });
      onEntrance({ title: w.admin.users.newPassword, member, password });
    };
    return (
      <Confirm
        title={w.admin.users.resetPassword}
        act={w.admin.users.reset}
        onConfirm={reset}
        onClose={onClose}
      >
        {w.admin.users.resetText(member.name)}
      </Confirm>
    );
  }
  const deactivate = async () => {
    await adminApi.changeMember(member.id, { status: "INACTIVE" });
    void members.reload();
  };
  return (
    <Confirm
      title={w.admin.users.deactivateTitle(member.name)}
      act={w.admin.users.deactivate}
      onConfirm={deactivate}
      onClose={onClose}
    >
      {w.admin.users.deactivateText(member.conversationsCount)}
    </Confirm>
  );
}

export function Users() {
  useEffect(() => void teams.load(), []);
  const [text, setText] = useState("");
  const [doing, setDoing] = useState<Doing | null>(null);
  const [entrance, setEntrance] = useState<Entrance | null>(null);
  const onAct = async (act: MemberAct, member: Member) => {
    if (act !== "activate") return setDoing({ act, member });
    const isDone = await attempt(() => adminApi.changeMember(member.id, { status: "ACTIVE" }));
    if (isDone) notify("good", w.admin.users.activated(member.name));
    await members.reload();
  };
  const rows = found(text);
  return (
    <>
      <PageHead title={w.admin.pages.pessoas} lead={w.admin.users.lead}>
        <button
          type="button"
          class="button button-main"
          onClick={() => setDoing({ act: "invite", member: null })}
        >
          <Icon name="plus" size={16} />
          {w.admin.users.invite}
        </button>
      </PageHead>
      <div class="settings-filter">
        <input
          class="input"
          type="search"
          aria-label={w.admin.users.search}
          placeholder={w.admin.users.search}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <Listed list={members} empty={null}>
        {rows.length > 0 ? <MembersTable rows={rows} onAct={onAct} /> : <p>{w.inbox.noResults(text)}</p>}
      </Listed>
      {doing && <Dialogs doing={doing} onEntrance={setEntrance} onClose={() => setDoing(null)} />}
      {entrance && <Access {...entrance} onClose={() => setEntrance(null)} />}
    </>
  );
}
