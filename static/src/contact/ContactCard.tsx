import { useConversation } from "../inbox/useConversation";
import { href } from "../route";
import { dateAndTime, longDate, timeLeft } from "../time";
import { Avatar } from "../ui/Avatar";
import { CopyButton } from "../ui/CopyButton";
import { Icon } from "../ui/Icon";
import type { Conversation, Id } from "../wire";
import { w } from "../words";
import { assigneeName } from "./assignee";
import { Fact } from "./Fact";
import { History } from "./History";
import { EditContact, Kept } from "./Kept";
import { nameOf, phoneText } from "./name";
import { Tags } from "./Tags";

function windowText({ windowExpiresAt }: Conversation): string {
  const left = windowExpiresAt && timeLeft(windowExpiresAt);
  return left ? w.card.windowOpen(left) : w.card.windowClosed;
}

function Phone({ number }: { number: string | null }) {
  if (!number) return <>{w.card.noPhone}</>;
  return (
    <>
      <span class="fact-phone">{phoneText(number)}</span>
      <CopyButton text={number} label={w.card.copyPhone} />
    </>
  );
}

export function ContactCard({ conversationId }: { conversationId: Id }) {
  const conversation = useConversation(conversationId);
  if (!conversation) return <aside class="pane-card" aria-label={w.card.title} />;
  const { contact, status } = conversation;
  const name = nameOf(contact);
  return (
    <aside class="pane-card" aria-label={w.card.title}>
      <header class="card-head">
        <a class="icon-button card-back" href={href.conversation(conversationId)} aria-label={w.back}>
          <Icon name="back" />
        </a>
        <h2>{w.card.title}</h2>
        <EditContact contact={contact} />
      </header>
      <div class="card-person">
        <Avatar name={name} />
        <strong>{name}</strong>
      </div>
      <dl class="facts">
        <Fact name={w.card.phone}>
          <Phone number={contact.phoneNumber} />
        </Fact>
        <Fact name={w.card.email}>{contact.email}</Fact>
        <Fact name={w.card.since}>{contact.createdAt && longDate(contact.createdAt)}</Fact>
      </dl>
      <Kept contact={contact} />
      <h3>{w.card.conversation}</h3>
      <dl class="facts">
        <Fact name={w.card.status}>{w.status[status]}</Fact>
        <Fact name={w.card.assignee}>{assigneeName(conversation)}</Fact>
        <Fact name={w.priority.label}>{w.priority[conversation.priority]}</Fact>
        <Fact name={w.card.window}>{windowText(conversation)}</Fact>
        <Fact name={w.card.openedAt}>{dateAndTime(conversation.createdAt)}</Fact>
        <Fact name={w.card.escalatedAt}>
          {conversation.escalatedAt && dateAndTime(conversation.escalatedAt)}
        </Fact>
        <Fact name={w.card.escalationReason}>{conversation.escalationReason}</Fact>
        <Fact name={w.card.closedAt}>{conversation.closedAt && dateAndTime(conversation.closedAt)}</Fact>
      </dl>
      <h3>{w.card.tags}</h3>
      <Tags conversation={conversation} />
      <History conversation={conversation} />
    </aside>
  );
}
