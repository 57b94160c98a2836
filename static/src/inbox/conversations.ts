import { signal } from "@preact/signals";
import { api } from "../api";
import type { Conversation, Id } from "../wire";

/** Every conversation the console has seen, by id; the tabs and the thread read from here. */
export const conversations = signal<ReadonlyMap<Id, Conversation>>(new Map());

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
  const next = new Map(conversations.value);
  for (const row of rows) {
    const known = next.get(row.id);
    next.set(row.id, { ...known, ...row, contact: { ...known?.contact, ...row.contact } });
  }
  conversations.value = next;
}

/** Something that has just happened to a conversation, whether it is known here or not. */
export function changeConversation(id: Id, change: Change): void {
  for (const meanwhile of underWay) meanwhile.set(id, { ...meanwhile.get(id), ...change });
  const known = conversations.value.get(id);
  if (known) conversations.value = new Map(conversations.value).set(id, { ...known, ...change });
}

/** This user may not see it any more. */
export function dropConversation(id: Id): void {
  for (const meanwhile of underWay) meanwhile.set(id, null);
  const next = new Map(conversations.value);
  if (next.delete(id)) conversations.value = next;
}

/** The whole of a conversation, as it is now. */
export function keepConversation(row: Conversation): void {
  changeConversation(row.id, row);
  keep([row]);
}

/** What was held may be old: only `rows`, and the one on the screen until it is read again, stay. */
export function startOver(rows: readonly Conversation[], openId: Id | null): void {
  const open = openId ? conversations.value.get(openId) : undefined;
  conversations.value = new Map([...(open ? [open] : []), ...rows].map((row) => [row.id, row]));
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
