import { useState } from "preact/hooks";
import { NoteDialog } from "../composer/NoteDialog";
import { go, href } from "../route";
import { me } from "../session";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import type { Conversation, Priority } from "../wire";
import { w } from "../words";
import { close, setPriority } from "./acts";
import { TransferDialog } from "./TransferDialog";

const PRIORITIES: readonly Priority[] = ["LOW", "MEDIUM", "HIGH", "URGENT"];

export function MoreMenu({ conversation }: { conversation: Conversation }) {
  const [dialog, setDialog] = useState<"transfer" | "note" | null>(null);
  const { id, status, assignedToId } = conversation;
  const isOpen = status !== "CLOSED";
  const hideDialog = () => setDialog(null);
  return (
    <>
      <Menu label={w.thread.more} trigger={<Icon name="more" />}>
        <MenuItem onChoose={() => go(href.card(id))}>
          <Icon name="card" size={16} /> {w.thread.card}
        </MenuItem>
        <MenuItem onChoose={() => setDialog("note")}>
          <Icon name="note" size={16} /> {w.thread.note}
        </MenuItem>
        {isOpen && (
          <MenuItem onChoose={() => setDialog("transfer")}>
            <Icon name="transfer" size={16} /> {w.thread.transfer}
          </MenuItem>
        )}
        {isOpen && assignedToId !== me.value?.id && (
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
      </Menu>
      {dialog === "transfer" && <TransferDialog conversationId={id} onClose={hideDialog} />}
      {dialog === "note" && <NoteDialog conversationId={id} onClose={hideDialog} />}
    </>
  );
}
