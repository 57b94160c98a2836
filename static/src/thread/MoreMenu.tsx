import { go, href } from "../route";
import { may, me } from "../session";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { PRIORITIES } from "../ui/PriorityMark";
import type { Conversation } from "../wire";
import { w } from "../words";
import { close, setPriority, setStatus } from "./acts";
import { askAbout } from "./dialogs";
import { maySnooze } from "./snoozing";

function Acts({ conversation }: { conversation: Conversation }) {
  const { id, status, assignedToId } = conversation;
  return (
    <>
      <MenuItem onChoose={() => askAbout(id, "note")}>
        <Icon name="note" size={16} /> {w.thread.note}
      </MenuItem>
      {status !== "CLOSED" && (
        <MenuItem onChoose={() => askAbout(id, "transfer")}>
          <Icon name="transfer" size={16} /> {w.thread.transfer}
        </MenuItem>
      )}
      {maySnooze(conversation) && (
        <MenuItem onChoose={() => askAbout(id, "snooze")}>
          <Icon name="snooze" size={16} /> {w.desk.snooze.short}
        </MenuItem>
      )}
      {status === "IN_PROGRESS" && (
        <MenuItem onChoose={() => setStatus(id, "WAITING")}>
          <Icon name="clock" size={16} /> {w.thread.wait}
        </MenuItem>
      )}
      {status !== "CLOSED" && assignedToId !== me.value?.id && (
        <MenuItem onChoose={() => close(id)}>
          <Icon name="check" size={16} /> {w.thread.close}
        </MenuItem>
      )}
      <hr />
      <p class="menu-title">{w.priority.label}</p>
      {PRIORITIES.map((priority) => (
        <MenuItem
          key={priority}
          isChosen={priority === conversation.priority}
          onChoose={() => setPriority(id, priority)}
        >
          {w.priority[priority]}
          {priority === conversation.priority && <Icon name="check" size={16} />}
        </MenuItem>
      ))}
    </>
  );
}

export function MoreMenu({ conversation }: { conversation: Conversation }) {
  return (
    <Menu label={w.thread.more} trigger={<Icon name="more" />}>
      <MenuItem onChoose={() => go(href.card(conversation.id))}>
        <Icon name="card" size={16} /> {w.thread.card}
      </MenuItem>
      {may("conversations.work") && <Acts conversation={conversation} />}
    </Menu>
  );
}
