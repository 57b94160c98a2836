import { batch } from "@preact/signals";
import { heardNotification } from "../alarms/alarms";
import { keepDraft } from "../composer/drafts";
import {
  changeConversation,
  conversations,
  dropConversation,
  fetchConversation,
  keepConversation,
} from "../inbox/conversations";
import { countAgain, readCounts } from "../inbox/counts";
import { searchAgain } from "../inbox/search";
import { loadAnew } from "../inbox/tabs";
import { views } from "../inbox/views";
import { cannedResponses, channels, people, tags, teams, templates } from "../lists";
import { go, href, route } from "../route";
import { changeRow, mergeRows } from "../thread/rows";
import { changeRows, dropThread, rereadThreads } from "../thread/threads";
import { stoppedTyping } from "../thread/typists";
import type { Contact, Conversation, Id, Message } from "../wire";
import { announceMessage } from "./announcements";
import type { FeedEvent } from "./feed";
import { tellListeners } from "./heard";

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
  "conversation:new": ({ conversation }: { conversation: Conversation }) => keepConversation(conversation),
  "conversation:updated": conversationUpdated,
  "conversation:removed": conversationRemoved,
  "contact:updated": contactUpdated,
  "catalog:updated": ({ noun }: { noun: string }) => void catalog[noun]?.refresh(),
  "user:updated": () => void people.refresh(),
  notification: heardNotification,
  "channel:updated": () => void channels.refresh(),
  "template:updated": () => void templates.refresh(),
};

const catalog: Record<string, { refresh: () => Promise<void> }> = {
  tags,
  teams,
  canned_responses: cannedResponses,
  views,
};

export function applyEvent(event: FeedEvent): void {
  batch(() => {
    for (const [name, payload] of event.frames ?? []) appliers[name]?.(payload as never);
  });
  for (const [name, payload] of event.frames ?? []) tellListeners(name, payload);
  if (event.conversationId) countAgain();
}

function newMessage({ conversationId, message }: NewMessageFrame): void {
  changeRows(conversationId, (rows) => mergeRows(rows, [message]));
  if (message.sentById) stoppedTyping(conversationId, message.sentById);
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
  const isKnown = conversations.value.has(conversationId);
  // Asked for first: what happens while it is read is laid over the answer.
  if (!isKnown) void fetchConversation(conversationId).catch(() => undefined);
  changeConversation(conversationId, { ...rest, ...updates });
}

/** It is somebody else's now, and nothing of it may stay on this screen. */
function conversationRemoved({ conversationId }: { conversationId: Id }): void {
  dropConversation(conversationId);
  dropThread(conversationId);
  keepDraft(conversationId, "");
  if (route.value.name === "inbox" && route.value.conversationId === conversationId) go(href.inbox);
}

function contactUpdated({ contact }: { contact: Contact }): void {
  const theirs = [...conversations.value.values()].filter((row) => row.contactId === contact.id);
  for (const row of theirs) changeConversation(row.id, { contact: { ...row.contact, ...contact } });
}

/** Reads again what is on the screen; answers the feed's place of what was read. */
export async function loadSnapshot(): Promise<number> {
  const openId = route.value.name === "inbox" ? route.value.conversationId : null;
  const seq = await loadAnew(openId);
  searchAgain();
  await Promise.all([rereadThreads(openId), openId && fetchConversation(openId), readCounts()]);
  return seq;
}
