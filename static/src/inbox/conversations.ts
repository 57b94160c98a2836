import { signal } from "@preact/signals";
import { api } from "../api";
import type { Conversation, Id } from "../wire";

/** Every conversation the console has seen, by id; the tabs and the thread read from here. */
export const conversations = signal<ReadonlyMap<Id, Conversation>>(new Map());

export function keepConversations(rows: readonly Conversation[]): void {
  const next = new Map(conversations.value);
  // A detail answer and a list row name different fields: what one leaves out, the other keeps.
  for (const row of rows) next.set(row.id, { ...next.get(row.id), ...row });
  conversations.value = next;
}

export function changeConversation(id: Id, change: Partial<Conversation>): void {
  const known = conversations.value.get(id);
  if (known) conversations.value = new Map(conversations.value).set(id, { ...known, ...change });
}

export function forgetConversations(): void {
  conversations.value = new Map();
}

const fetching = new Map<Id, Promise<void>>();

/** Reads one conversation; callers that ask while it is under way share the answer. */
export function fetchConversation(id: Id): Promise<void> {
  const underWay = fetching.get(id);
  if (underWay) return underWay;
  const reading = api
    .conversation(id)
    .then((row) => keepConversations([row]))
    .finally(() => fetching.delete(id));
  fetching.set(id, reading);
  return reading;
}
