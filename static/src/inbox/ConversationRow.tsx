import { memo } from "preact/compat";
import { drafts } from "../composer/drafts";
import { assigneeName } from "../contact/assignee";
import { nameOf, phoneText } from "../contact/name";
import { previewOf } from "../message/preview";
import { href } from "../route";
import { momentText } from "../thread/snoozing";
import { rowTime } from "../time";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { PriorityMark } from "../ui/PriorityMark";
import { TagChip } from "../ui/TagChip";
import type { Conversation, Id } from "../wire";
import { w } from "../words";
import { Found, FoundPhone } from "./Found";

interface Props {
  conversation: Conversation;
  isOpen: boolean;
  /** What is searched for, where the row is an answer to it. */
  searched?: string;
}

export const rowElementId = (id: Id) => `conversation-${id}`;

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
      {isOurs && <span class="row-ours">↩ </span>}
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

export const ConversationRow = memo(function ConversationRow(props: Props) {
  const { conversation, isOpen, searched } = props;
  const name = nameOf(conversation.contact);
  const unread = conversation.unreadCount;
  return (
    <a
      id={rowElementId(conversation.id)}
      class={unread ? "row row-unread" : "row"}
      href={href.conversation(conversation.id)}
      aria-current={isOpen ? "true" : undefined}
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
