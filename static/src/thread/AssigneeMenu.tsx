import { people } from "../lists";
import { me } from "../session";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import type { Conversation } from "../wire";
import { w } from "../words";
import { assign } from "./acts";

/** Who has the conversation, and the colleagues it can be given to. */
export function AssigneeMenu({ conversation }: { conversation: Conversation }) {
  const { id, assignedTo, assignedToId, status } = conversation;
  const isMine = assignedToId === me.value?.id;
  const name = isMine ? w.inbox.you : (assignedTo?.name ?? w.inbox.unassigned);
  if (status === "CLOSED") return null;
  return (
    <Menu
      label={`${w.thread.assignee}: ${name}`}
      className="button assignee-button"
      onOpen={() => void people.load()}
      trigger={
        <>
          <Icon name="user" size={16} />
          <span>{name}</span>
          <Icon name="chevron" size={14} />
        </>
      }
    >
      <p class="menu-title">{w.thread.assign}</p>
      {people.rows.value.map((person) => (
        <MenuItem
          key={person.id}
          isChosen={person.id === assignedToId}
          onChoose={() => assign(id, person.id)}
        >
          <Avatar name={person.name} small />
          {person.id === me.value?.id ? `${person.name} (${w.inbox.you.toLowerCase()})` : person.name}
          {person.id === assignedToId && <Icon name="check" size={16} />}
        </MenuItem>
      ))}
      {people.rows.value.length === 0 && <p class="menu-note">{w.loading}</p>}
    </Menu>
  );
}
