import { memo } from "preact/compat";
import { nameOf } from "../contact/name";
import { previewOf } from "../message/preview";
import { href } from "../route";
import { me } from "../session";
import { rowTime } from "../time";
import { Avatar } from "../ui/Avatar";
import { PriorityMark } from "../ui/PriorityMark";
import { TagChip } from "../ui/TagChip";
import type { Conversation } from "../wire";
import { w } from "../words";

interface Props {
  conversation: Conversation;
  isOpen: boolean;
}

function assigneeText({ assignedTo, assignedToId }: Conversation): string {
  if (!assignedToId) return w.inbox.unassigned;
  return assignedToId === me.value?.id ? w.inbox.you : (assignedTo?.name ?? "");
}

function Preview({ conversation }: { conversation: Conversation }) {
  const { lastMessage } = conversation;
  if (!lastMessage) return <span class="row-preview" />;
  const isOurs = lastMessage.direction !== "INBOUND";
  return (
    <span class="row-preview">
      {isOurs && <span class="row-ours">↩ </span>}
      {previewOf(lastMessage)}
    </span>
  );
}

export const ConversationRow = memo(function ConversationRow({ conversation, isOpen }: Props) {
  const name = nameOf(conversation.contact);
  const unread = conversation.unreadCount ?? 0;
  return (
    <li>
      <a
        class={unread ? "row row-unread" : "row"}
        href={href.conversation(conversation.id)}
        aria-current={isOpen ? "true" : undefined}
      >
        <Avatar name={name} />
        <span class="row-name">{name}</span>
        <time class="row-time" dateTime={conversation.lastMessageAt}>
          {rowTime(conversation.lastMessageAt)}
        </time>
        <Preview conversation={conversation} />
        {unread > 0 && (
          <span class="row-count">
            <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
            <span class="visually-hidden">{w.inbox.unread(unread)}</span>
          </span>
        )}
        <span class="row-marks">
          <PriorityMark priority={conversation.priority} />
          {conversation.tags.slice(0, 2).map((tag) => (
            <TagChip key={tag.id} tag={tag} />
          ))}
          <span class={conversation.assignedToId ? "row-assignee" : "row-assignee row-waiting"}>
            {assigneeText(conversation)}
          </span>
        </span>
      </a>
    </li>
  );
});
