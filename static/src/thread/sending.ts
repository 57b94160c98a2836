import { api, Problem } from "../api";
import { changeConversation } from "../inbox/conversations";
import { randomKey } from "../key";
import { withOurReaction } from "../message/reactions";
import { me } from "../session";
import type { Id, Message } from "../wire";
import { type Draft, lookOf, post } from "./draft";
import { changeRow, highestSeq, type Local, lastSeenSeq, mergeRows, type Row, removeRow } from "./rows";
import { changeRows, rowsOf } from "./threads";

/** Shows the message at once and sends it; answers the problem if it was not accepted. */
export function sendDraft(conversationId: Id, draft: Draft): Promise<Problem | null> {
  const row = pendingRow(conversationId, draft);
  const seen = highestSeq(rowsOf(conversationId));
  changeRows(conversationId, (rows) => [...rows, row]);
  return inTurn(conversationId, () => deliver(conversationId, row, draft, { seen }));
}

/** Sends again a row that never reached the server; its `clientMessageId` keeps it a single message. */
export function sendAgain(conversationId: Id, row: Row, options: Partial<Circumstances> = {}): void {
  if (!row.local) return;
  const { draft } = row.local;
  // Whoever presses a button has read what is there now.
  const seen = options.seen ?? highestSeq(rowsOf(conversationId));
  mark(conversationId, row.id, { state: "sending", draft });
  void inTurn(conversationId, () => deliver(conversationId, row, draft, { ...options, seen }));
}

export function discard(conversationId: Id, row: Row): void {
  changeRows(conversationId, (rows) => removeRow(rows, row.id));
}

/** A new attempt of a message that the provider refused or never confirmed. */
export async function retryMessage(conversationId: Id, messageId: Id): Promise<void> {
  const message = await api.retry(messageId);
  changeRows(conversationId, (rows) => mergeRows(rows, [message]));
}

/** Gives up a message that nothing confirmed; the server keeps it, with its reason. */
export async function discardMessage(conversationId: Id, messageId: Id): Promise<void> {
  const message = await api.discard(messageId);
  changeRows(conversationId, (rows) => mergeRows(rows, [message]));
}

/** Reacts at once on the screen; what fails is taken back. An empty emoji takes the house's reaction away. */
export async function react(
  conversationId: Id,
  { id: messageId, reactions }: Row,
  emoji: string,
): Promise<void> {
  const show = (next: Message["reactions"]) =>
    changeRows(conversationId, (rows) => changeRow(rows, messageId, { reactions: next }));
  show(withOurReaction(reactions, me.value?.id ?? "", emoji));
  try {
    const message = { type: "REACTION" as const, metadata: { messageId, emoji } };
    await api.send(conversationId, message, { clientMessageId: randomKey() });
  } catch (problem) {
    show(reactions);
    throw problem;
  }
}

/** What only the server can say of a message. */
const unsaid = {
  number: 0,
  contactId: "",
  seq: 0,
  whatsappMessageId: null,
  media: null,
  unconfirmed: false,
  error: null,
  automatic: null,
  reactions: [],
  readAt: null,
  editedAt: null,
  deletedAt: null,
};

function pendingRow(conversationId: Id, draft: Draft): Row {
  const [clientMessageId, timestamp] = [randomKey(), new Date().toISOString()];
  return {
    ...unsaid,
    ...lookOf(draft),
    id: `local:${clientMessageId}`,
    conversationId,
    clientMessageId,
    direction: "OUTBOUND",
    status: "SENT",
    deliveryState: "QUEUED",
    sentById: me.value?.id ?? null,
    sentByName: me.value?.name ?? null,
    sentByKind: "USER",
    timestamp,
    createdAt: timestamp,
    local: { state: "sending", draft },
  };
}

const turns = new Map<Id, Promise<unknown>>();

/** One request at a time in a conversation, so that messages arrive in the order they were typed. */
function inTurn<T>(conversationId: Id, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(conversationId) ?? Promise.resolve()).then(work);
  turns.set(conversationId, turn);
  return turn;
}

interface Circumstances {
  /** The highest `seq` on the screen when the agent pressed send. */
  seen: number;
  force?: boolean;
}

async function deliver(
  conversationId: Id,
  row: Row,
  draft: Draft,
  { seen, force }: Circumstances,
): Promise<Problem | null> {
  const options = {
    clientMessageId: row.clientMessageId ?? row.id,
    lastSeenSeq: lastSeenSeq(rowsOf(conversationId), seen, me.value?.id),
    ...(force ? { force } : {}),
  };
  try {
    const message = await post(conversationId, draft, options);
    accept(conversationId, row.id, message);
    return null;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    refuse(conversationId, row.id, { draft, problem, seen });
    return problem;
  }
}

function accept(conversationId: Id, pendingId: Id, message: Message): void {
  changeRows(conversationId, (rows) => {
    const rest = removeRow(rows, pendingId);
    // The live event may have come first, and may already know more than this answer.
    return rest.some((row) => row.id === message.id) ? rest : mergeRows(rest, [message]);
  });
}

type Refused = Required<Omit<Local, "state">>;

function refuse(conversationId: Id, pendingId: Id, refused: Refused): void {
  const { problem } = refused;
  if (problem.code === "WINDOW_CLOSED") {
    changeRows(conversationId, (rows) => removeRow(rows, pendingId));
    changeConversation(conversationId, { windowExpiresAt: new Date(0).toISOString() });
    return;
  }
  const newer = problem.code === "ANSWERED_MEANWHILE" ? newerMessages(problem) : [];
  changeRows(conversationId, (rows) => mergeRows(rows, newer));
  mark(conversationId, pendingId, { state: stateAfter(problem), ...refused });
}

export function newerMessages(problem: Problem): Message[] {
  const { messages } = problem.body;
  return Array.isArray(messages) ? (messages as Message[]) : [];
}

function stateAfter(problem: Problem): Local["state"] {
  if (problem.code === "ANSWERED_MEANWHILE") return "held";
  return problem.isOffline || problem.status >= 500 || problem.status === 429 ? "unsent" : "refused";
}

function mark(conversationId: Id, rowId: Id, local: Local): void {
  changeRows(conversationId, (rows) => changeRow(rows, rowId, { local }));
}
