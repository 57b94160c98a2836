import { batch } from "@preact/signals";
import {
  changeConversation,
  conversations,
  fetchConversation,
  forgetConversations,
  keepConversations,
} from "../inbox/conversations";
import { forgetShelves, loadFirstPage, tab } from "../inbox/tabs";
import { cannedResponses, channels, people, tags, teams, templates } from "../lists";
import { route } from "../route";
import { changeRow, mergeRows } from "../thread/rows";
import { changeRows, rereadThreads } from "../thread/threads";
import type { Contact, Conversation, Id, Message } from "../wire";
import { announceMessage } from "./announcements";
import type { FeedEvent } from "./feed";

interface NewMessageFrame {
  conversationId: Id;
  message: Message;
}

interface StatusFrame extends Partial<Message> {
  conversationId: Id;
  messageId: Id;
}

interface UpdateFrame extends Partial<Conversation> {
  conversationId: Id;
  updates?: Partial<Conversation>;
}

const appliers: Record<string, (payload: never) => void> = {
  "message:new": newMessage,
  "message:updated": messageUpdated,
  "message:status-update": statusUpdate,
  "conversation:new": ({ conversation }: { conversation: Conversation }) => keepConversations([conversation]),
  "conversation:updated": conversationUpdated,
  "contact:updated": contactUpdated,
  "catalog:updated": ({ noun }: { noun: string }) => void catalog[noun]?.refresh(),
  "user:updated": () => void people.refresh(),
  "channel:updated": () => void channels.refresh(),
  "template:updated": () => void templates.refresh(),
};

const catalog: Record<string, { refresh: () => Promise<void> }> = {
  tags,
  teams,
  canned_responses: cannedResponses,
};

export function applyEvent(event: FeedEvent): void {
  batch(() => {
    for (const [name, payload] of event.frames ?? []) appliers[name]?.(payload as never);
  });
}

function newMessage({ conversationId, message }: NewMessageFrame): void {
  changeRows(conversationId, (rows) => mergeRows(rows, [message]));
  const conversation = conversations.value.get(conversationId);
  if (message.direction === "INBOUND" && conversation) announceMessage(conversation, message);
}

/** A reaction, an edit, a file that has arrived: the message is said again as it now is. */
function messageUpdated({ conversationId, message }: NewMessageFrame): void {
  changeRows(conversationId, (rows) => mergeRows(rows, [message]));
}

function statusUpdate({ conversationId, messageId, ...change }: StatusFrame): void {
  changeRows(conversationId, (rows) => changeRow(rows, messageId, change));
}

function conversationUpdated({ conversationId, updates, ...rest }: UpdateFrame): void {
  if (conversations.value.has(conversationId)) changeConversation(conversationId, { ...rest, ...updates });
  else void fetchConversation(conversationId).catch(() => undefined);
}

function contactUpdated({ contact }: { contact: Contact }): void {
  const theirs = [...conversations.value.values()].filter((row) => row.contactId === contact.id);
  keepConversations(theirs.map((row) => ({ ...row, contact: { ...row.contact, ...contact } })));
}

/** Throws away what is held and reads it again; answers the feed's place of what was read. */
export async function loadSnapshot(): Promise<number> {
  const openId = route.value.name === "inbox" ? route.value.conversationId : null;
  const isFirst = conversations.value.size === 0;
  if (!isFirst) {
    forgetConversations();
    forgetShelves();
  }
  const seq = await loadFirstPage(tab.value);
  if (seq === null) throw new Error("the list could not be read");
  if (openId) await Promise.all([fetchConversation(openId), isFirst ? undefined : rereadThreads(openId)]);
  return seq;
}
