import { memo } from "preact/compat";
import { drafts } from "../composer/drafts";
import { assigneeName } from "../contact/assignee";
import { nameOf, phoneText } from "../contact/name";
import { previewOf } from "../message/preview";
import { Ticks } from "../message/Ticks";
import { href } from "../route";
import { may } from "../session";
import { enter } from "../thread/entering";
import { momentText } from "../thread/snoozing";
import { rowTime } from "../time";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { onLongPress } from "../ui/longPress";
import { PriorityMark } from "../ui/PriorityMark";
import { TagChip } from "../ui/TagChip";
import { hasTouch } from "../ui/touch";
import type { Conversation, Id } from "../wire";
import { w } from "../words";
import { choose, chosen } from "./choice";
import { Found, FoundPhone } from "./Found";

interface Props {
  conversation: Conversation;
  isOpen: boolean;
  /** What is searched for, where the row is an answer to it. */
  searched?: string;
}

export const ROW_ELEMENT = "conversation-";
export const rowElementId = (id: Id) => ROW_ELEMENT + id;

/** That we wrote last; and that it never arrived, which whoever has gone on to others would not see. */
function Ours({ isFailed }: { isFailed: boolean }) {
  if (!isFailed) return <span class="row-ours">↩ </span>;
  return <Ticks tick="failed" />;
}

function Preview({ conversation, isOpen, searched }: Props) {
  const { id, lastMessage, contact } = conversation;
  const draft = isOpen ? undefined : drafts.value.get(id);
  if (searched && /\d/.test(searched) && contact.phoneNumber) {
    return (
      <span class="row-preview">
        <FoundPhone phone={phoneText(contact.phoneNumber)} searched={searched} />
      </span>
    );
  }
  if (draft) {
    return (
      <span class="row-preview">
        <span class="row-draft">{w.inbox.draft}</span> {draft}
      </span>
    );
  }
  if (!lastMessage) return <span class="row-preview" />;
  const isOurs = lastMessage.direction !== "INBOUND";
  return (
    <span class="row-preview">
      {isOurs && <Ours isFailed={lastMessage.status === "FAILED"} />}
      {previewOf(lastMessage)}
    </span>
  );
}

function assigneeClass({ assignedToId, withAssistant }: Conversation): string {
  return assignedToId || withAssistant ? "row-assignee" : "row-assignee row-waiting";
}

function SnoozeChip({ conversation: { snoozedUntil } }: Pick<Props, "conversation">) {
  if (!snoozedUntil) return null;
  const moment = momentText(snoozedUntil);
  return (
    <span class="row-snoozed" title={w.desk.snooze.until(moment)}>
      <Icon name="snooze" size={12} />
      <span class="visually-hidden">{w.desk.snooze.until(moment)}</span>
      <span aria-hidden="true">{moment}</span>
    </span>
  );
}

// Browsers older than the pointer in a click say nothing of it.
const isByTouch = (event: MouseEvent) =>
  "pointerType" in event ? event.pointerType === "touch" : hasTouch();

/** While some are chosen a finger goes on choosing; else whoever goes into a conversation writes next. */
function click(event: MouseEvent, id: Id): void {
  if (chosen.value.size > 0 && isByTouch(event)) {
    event.preventDefault();
    choose(id);
  } else if (!event.ctrlKey && !event.metaKey && !event.shiftKey) enter(id);
}

export const ConversationRow = memo(function ConversationRow(props: Props) {
  const { conversation, isOpen, searched } = props;
  const name = nameOf(conversation.contact);
  const unread = conversation.unreadCount;
  const pressed = may("conversations.work") ? onLongPress(() => choose(conversation.id)) : undefined;
  return (
    <a
      id={rowElementId(conversation.id)}
      class={unread ? "row row-unread" : "row"}
      href={href.conversation(conversation.id)}
      aria-current={isOpen ? "true" : undefined}
      draggable={false}
      onPointerDown={pressed}
      onClick={(event) => click(event, conversation.id)}
    >
      <Avatar name={name} />
      <span class="row-name">
        <Found text={name} searched={searched} />
      </span>
      <time class="row-time" dateTime={conversation.lastMessageAt}>
        {rowTime(conversation.lastMessageAt)}
      </time>
      <Preview {...props} />
      {unread > 0 && (
        <span class="row-count">
          <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
          <span class="visually-hidden">{w.inbox.unread(unread)}</span>
        </span>
      )}
      <span class="row-marks">
        <SnoozeChip conversation={conversation} />
        <PriorityMark priority={conversation.priority} />
        {conversation.tags.slice(0, 2).map((tag) => (
          <TagChip key={tag.id} tag={tag} />
        ))}
        <span class={assigneeClass(conversation)}>{assigneeName(conversation)}</span>
      </span>
    </a>
  );
});
