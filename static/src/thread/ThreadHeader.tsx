import { nameOf, phoneText } from "../contact/name";
import { go, href, route } from "../route";
import { may, me } from "../session";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { PriorityMark } from "../ui/PriorityMark";
import type { Conversation } from "../wire";
import { w } from "../words";
import { AssigneeMenu } from "./AssigneeMenu";
import { claim, close, reopen } from "./acts";
import { CloseMenu } from "./CloseMenu";
import { askAbout } from "./dialogs";
import { enter } from "./entering";
import { MoreMenu } from "./MoreMenu";
import { maySnooze } from "./snoozing";
import { Viewers } from "./Viewers";
import { WindowClock } from "./WindowClock";

function MainAct({ conversation }: { conversation: Conversation }) {
  const { id, status, assignedToId } = conversation;
  if (status === "CLOSED") {
    return (
      <button type="button" class="button" onClick={() => reopen(id).then(() => enter(id))}>
        {w.thread.reopen}
      </button>
    );
  }
  if (assignedToId === null) {
    return (
      <button type="button" class="button button-main" onClick={() => claim(id).then(() => enter(id))}>
        {w.thread.claim}
      </button>
    );
  }
  if (assignedToId !== me.value?.id) return null;
  return (
    <span class="close-pair">
      <button type="button" class="button close-button" aria-label={w.thread.close} onClick={() => close(id)}>
        <Icon name="check" size={16} />
        <span class="close-text">{w.thread.close}</span>
      </button>
      <CloseMenu conversationId={id} />
    </span>
  );
}

function SnoozeButton({ conversation }: { conversation: Conversation }) {
  if (!may("conversations.work") || !maySnooze(conversation)) return null;
  return (
    <button
      type="button"
      class="icon-button snooze-button"
      aria-label={w.desk.snooze.short}
      title={w.desk.snooze.title}
      onClick={() => askAbout(conversation.id, "snooze")}
    >
      <Icon name="snooze" />
    </button>
  );
}

export function toggleCard(id: string): void {
  const here = route.value;
  go(here.name === "inbox" && here.card ? href.conversation(id) : href.card(id));
}

export function ThreadHeader({ conversation }: { conversation: Conversation }) {
  const { contact } = conversation;
  const name = nameOf(contact);
  return (
    <header class="thread-header">
      <a class="icon-button thread-back" href={href.inbox} aria-label={w.back}>
        <Icon name="back" />
      </a>
      <button
        type="button"
        class="thread-person"
        title={w.card.title}
        onClick={() => toggleCard(conversation.id)}
      >
        <span class="visually-hidden">{w.card.title}: </span>
        <Avatar name={name} small />
        <span class="thread-name">{name}</span>
        <span class="thread-under">
          {contact.phoneNumber && <span class="thread-phone">{phoneText(contact.phoneNumber)}</span>}
          <PriorityMark priority={conversation.priority} />
        </span>
      </button>
      <Viewers conversationId={conversation.id} />
      <WindowClock conversation={conversation} />
      <AssigneeMenu conversation={conversation} />
      <SnoozeButton conversation={conversation} />
      {may("conversations.work") && <MainAct conversation={conversation} />}
      <MoreMenu conversation={conversation} />
    </header>
  );
}
