import { signal } from "@preact/signals";
import { api } from "../api";
import type { Conversation, Id } from "../wire";
import { LayeredMap } from "./layeredMap";

/** Conversations by id. */
export type Known = LayeredMap<Id, Conversation>;

export const knowing = (rows: readonly Conversation[]): Known =>
  LayeredMap.of(rows.map((row) => [row.id, row]));

/** Every conversation the console has seen; the tabs and the thread read from here. */
export const conversations = signal(knowing([]));

type Change = Partial<Conversation>;
/** Null: taken from this user's sight. */
type Meanwhile = Map<Id, Change | null>;

// What happens while an answer is on its way may be newer than the answer: it is laid over it when it comes.
const underWay = new Set<Meanwhile>();

/** Keeps the rows that `read` answers. A detail and a list row name different fields: each keeps the other's. */
export async function keepRead<T>(
  read: () => Promise<T>,
  rowsOf: (answer: T) => readonly Conversation[],
): Promise<T> {
  const meanwhile: Meanwhile = new Map();
  underWay.add(meanwhile);
  try {
    const answer = await read();
    const seen = rowsOf(answer).filter((row) => meanwhile.get(row.id) !== null);
    keep(seen.map((row) => ({ ...row, ...meanwhile.get(row.id) })));
    return answer;
  } finally {
    underWay.delete(meanwhile);
  }
}

function keep(rows: readonly Conversation[]): void {
  const known = conversations.value;
  conversations.value = known.with(rows.map((row) => [row.id, laidOver(known.get(row.id), row)]));
}

const laidOver = (known: Conversation | undefined, row: Conversation): Conversation => ({
  ...known,
  ...row,
  contact: { ...known?.contact, ...row.contact },
});

/** Something that has just happened to a conversation, whether it is known here or not. */
export function changeConversation(id: Id, change: Change): void {
  for (const meanwhile of underWay) meanwhile.set(id, { ...meanwhile.get(id), ...change });
  const known = conversations.value.get(id);
  if (known) conversations.value = conversations.value.with([[id, { ...known, ...change }]]);
}

/** This user may not see it any more. */
export function dropConversation(id: Id): void {
  for (const meanwhile of underWay) meanwhile.set(id, null);
  if (conversations.value.has(id)) conversations.value = conversations.value.with([[id, undefined]]);
}

/** The whole of a conversation, as it is now. */
export function keepConversation(row: Conversation): void {
  changeConversation(row.id, row);
  keep([row]);
}

/** What was held may be old: only `rows`, and the one on the screen until it is read again, stay. */
export function startOver(rows: readonly Conversation[], openId: Id | null): void {
  const open = openId ? conversations.value.get(openId) : undefined;
  conversations.value = knowing([...(open ? [open] : []), ...rows]);
}

const fetching = new Map<Id, Promise<unknown>>();

/** Reads one conversation; callers that ask while it is under way share the answer. */
export async function fetchConversation(id: Id): Promise<void> {
  const read = () =>
    keepRead(
      () => api.conversation(id),
      (row) => [row],
    ).finally(() => fetching.delete(id));
  if (!fetching.has(id)) fetching.set(id, read());
  await fetching.get(id);
}
