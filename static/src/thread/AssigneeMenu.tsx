import { assigneeName } from "../contact/assignee";
import { people } from "../lists";
import { Colleague } from "../presence/Colleague";
import { colleagues } from "../presence/colleagues";
import { PresenceDot } from "../presence/PresenceDot";
import { presenceOf } from "../presence/presence";
import { may } from "../session";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import type { Conversation } from "../wire";
import { w } from "../words";
import { assign } from "./acts";

function Assignee({ conversation, name }: { conversation: Conversation; name: string }) {
  const { assignedToId, withAssistant } = conversation;
  return (
    <>
      {assignedToId ? (
        <PresenceDot presence={presenceOf(assignedToId)} />
      ) : (
        <Icon name={withAssistant ? "bot" : "user"} size={16} />
      )}
      <span class="assignee-name">{name}</span>
    </>
  );
}

/** Who has the conversation, and the colleagues it can be given to. */
export function AssigneeMenu({ conversation }: { conversation: Conversation }) {
  const { id, assignedToId, status } = conversation;
  const name = assigneeName(conversation);
  if (status === "CLOSED") return null;
  if (!may("conversations.work")) {
    return (
      <span class="assignee" title={w.thread.assignee}>
        <Assignee conversation={conversation} name={name} />
      </span>
    );
  }
  return (
    <Menu
      label={`${w.thread.assignee}: ${name}`}
      className="button assignee-button"
      onOpen={() => void people.reload()}
      trigger={
        <>
          <Assignee conversation={conversation} name={name} />
          <Icon name="chevron" size={14} />
        </>
      }
    >
      <p class="menu-title">{w.thread.assign}</p>
      {colleagues().map((person) => (
        <MenuItem
          key={person.id}
          isChosen={person.id === assignedToId}
          onChoose={() => assign(id, person.id)}
        >
          <Colleague person={person} />
          {person.id === assignedToId && <Icon name="check" size={16} />}
        </MenuItem>
      ))}
      {people.rows.value.length === 0 && <p class="menu-note">{w.loading}</p>}
    </Menu>
  );
}
