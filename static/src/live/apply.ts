import { batch } from "@preact/signals";
import { heardNotification } from "../alarms/alarms";
import type {
  ChangedCatalog,
  ChangedContact,
  ChangedMessage,
  ChangedRow,
  NewMessage,
  Place,
  RowAfterMessage,
  StatusUpdate,
} from "../api/schema";
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
import { rereadTenant } from "../tenant";
import { changeRow, mergeRows } from "../thread/rows";
import { changeRows, dropThread, rereadThreads } from "../thread/threads";
import { stoppedTyping } from "../thread/typists";
import { announceMessage } from "./announcements";
import type { FeedEvent, Frame } from "./feed";
import { tellListeners } from "./heard";

/** Each word of the server's, in what it means to this screen; `npm run types` reads them off the server. */
function apply([name, payload]: Frame): unknown {
  switch (name) {
    case "message:new":
      return newMessage(payload);
    case "message:updated":
      return messageUpdated(payload);
    case "message:status-update":
      return statusUpdate(payload);
    case "conversation:new":
      return keepConversation(payload.conversation);
    case "conversation:updated":
      return conversationUpdated(payload);
    case "conversation:removed":
      return conversationRemoved(payload);
    case "contact:updated":
      return contactUpdated(payload);
    case "catalog:updated":
      return catalogUpdated(payload);
    case "user:updated":
      return void people.refresh();
    case "notification":
      return heardNotification(payload);
    case "channel:updated":
      return void channels.refresh();
    case "template:updated":
      return void templates.refresh();
    case "tenant:updated":
      return void rereadTenant();
    default:
      // A server that is newer than this page may say more.
      return payload satisfies never;
  }
}

const catalog: Partial<Record<ChangedCatalog["noun"], { refresh: () => Promise<void> }>> = {
  tags,
  teams,
  canned_responses: cannedResponses,
  views,
};

export function applyEvent(event: FeedEvent): void {
  batch(() => {
    event.frames?.forEach(apply);
  });
  event.frames?.forEach(tellListeners);
  if (event.conversationId) countAgain();
}

function newMessage({ conversationId, message }: NewMessage): void {
  changeRows(conversationId, (rows) => mergeRows(rows, [message]));
  if (message.sentById) stoppedTyping(conversationId, message.sentById);
  const conversation = conversations.value.get(conversationId);
  if (message.direction === "INBOUND" && conversation) announceMessage(conversation, message);
}

/** A reaction, an edit, a file that has arrived: the message is said again as it now is. */
function messageUpdated({ conversationId, message }: ChangedMessage): void {
  changeRows(conversationId, (rows) => mergeRows(rows, [message]));
}

function statusUpdate({ conversationId, messageId, ...change }: StatusUpdate): void {
  changeRows(conversationId, (rows) => changeRow(rows, messageId, change));
  const lastMessage = conversations.value.get(conversationId)?.lastMessage;
  if (lastMessage?.id !== messageId) return;
  changeConversation(conversationId, { lastMessage: { ...lastMessage, status: change.status } });
}

function conversationUpdated({ conversationId, ...rest }: ChangedRow | RowAfterMessage): void {
  const isKnown = conversations.value.has(conversationId);
  // Asked for first: what happens while it is read is laid over the answer.
  if (!isKnown) void fetchConversation(conversationId).catch(() => undefined);
  changeConversation(conversationId, "updates" in rest ? rest.updates : rest);
}

function catalogUpdated({ noun }: ChangedCatalog): void {
  void catalog[noun]?.refresh();
}

/** It is somebody else's now, and nothing of it may stay on this screen. */
function conversationRemoved({ conversationId }: Place): void {
  dropConversation(conversationId);
  dropThread(conversationId);
  keepDraft(conversationId, "");
  if (route.value.name === "inbox" && route.value.conversationId === conversationId) go(href.inbox);
}

function contactUpdated({ contact }: ChangedContact): void {
  const theirs = [...conversations.value.values()].filter((row) => row.contactId === contact.id);
  for (const row of theirs) changeConversation(row.id, { contact: { ...row.contact, ...contact } });
}

let hasLooked = false;

/** After the first look: what the lists were told of may have been missed. */
function rereadLists(): void {
  if (!hasLooked) return;
  for (const list of [people, teams, tags, cannedResponses, templates, channels, views]) void list.refresh();
  void rereadTenant();
}

/** Reads again what is on the screen; answers the feed's place of what was read. */
export async function loadSnapshot(): Promise<number> {
  rereadLists();
  hasLooked = true;
  const openId = route.value.name === "inbox" ? route.value.conversationId : null;
  const seq = await loadAnew(openId);
  searchAgain();
  await Promise.all([rereadThreads(openId), openId && fetchConversation(openId), readCounts()]);
  return seq;
}
