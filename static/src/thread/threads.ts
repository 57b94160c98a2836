import { signal } from "@preact/signals";
import { api } from "../api";
import type { Id, Message, MessagePage } from "../wire";
import { inOrder, mergeRows, type Row } from "./rows";

export interface Thread {
  /** `stale`: only what is still to be sent is kept of it. */
  state: "loading" | "ready" | "failed" | "stale";
  rows: readonly Row[];
  hasOlder: boolean;
  loadingOlder: boolean;
}

const PAGE = 50;
const KEPT = 40;
/** A thread of more rows than this goes back to the newest so many. */
const MOST_ROWS = 300;
const NEWEST_ROWS = 2 * PAGE;
const loadingThread: Thread = { state: "loading", rows: [], hasOlder: false, loadingOlder: false };

/** The messages of the conversations opened since the last snapshot. */
export const threads = signal<ReadonlyMap<Id, Thread>>(new Map());

type Change = (rows: readonly Row[]) => readonly Row[];

// What happens while a page is on its way may be newer than the page: it is laid over it when it comes.
const meanwhile = new Map<Id, Change[]>();

function setThread(id: Id, change: Partial<Thread>): void {
  const known = threads.value.get(id) ?? loadingThread;
  threads.value = new Map(threads.value).set(id, { ...known, ...change });
}

/** Changes the messages of a conversation, if its thread is open. */
export function changeRows(id: Id, change: Change): void {
  const thread = threads.value.get(id);
  if (!thread) return;
  meanwhile.get(id)?.push(change);
  setThread(id, { rows: change(thread.rows) });
}

export const rowsOf = (id: Id): readonly Row[] => threads.value.get(id)?.rows ?? [];

export async function openThread(id: Id): Promise<void> {
  const state = threads.value.get(id)?.state;
  if (state === "ready" || state === "loading") return;
  forgetOldest();
  setThread(id, { state: "loading" });
  await readThread(id);
}

/** A day's work opens hundreds of conversations; those longest closed are read again when needed. */
function forgetOldest(): void {
  const extra = threads.value.size - KEPT + 1;
  const idle = [...threads.value].filter(([, thread]) => unsent(thread.rows).length === 0);
  if (extra > 0) threads.value = without(idle.slice(0, extra).map(([id]) => id));
}

/** Also what is on its way of it, and what was still to be sent there. */
export function dropThread(id: Id): void {
  meanwhile.delete(id);
  threads.value = without([id]);
}

function without(ids: readonly Id[]): ReadonlyMap<Id, Thread> {
  return new Map([...threads.value].filter(([id]) => !ids.includes(id)));
}

const unsent = (rows: readonly Row[]) => rows.filter((row) => row.local);

async function readThread(id: Id): Promise<void> {
  const changes: Change[] = [];
  const before = unsent(rowsOf(id));
  meanwhile.set(id, changes);
  const isLatest = () => meanwhile.get(id) === changes;
  try {
    const page = await api.messages(id, { limit: PAGE });
    if (isLatest()) showPage(id, page, before, changes);
  } catch {
    if (isLatest()) setThread(id, { state: "failed" });
  } finally {
    if (isLatest()) meanwhile.delete(id);
  }
}

function showPage(id: Id, page: MessagePage, before: readonly Row[], changes: readonly Change[]): void {
  const read: readonly Row[] = mergeRows(before, page.data);
  const rows = changes.reduce((sofar, change) => change(sofar), read);
  setThread(id, { state: "ready", rows, hasOlder: page.hasMore });
}

export async function loadOlder(id: Id): Promise<void> {
  const thread = threads.value.get(id);
  const oldest = thread?.rows.find((row) => !row.local);
  if (!thread?.hasOlder || thread.loadingOlder || !oldest) return;
  setThread(id, { loadingOlder: true });
  try {
    const page = await api.messages(id, { limit: PAGE, before: oldest.id });
    if (threads.value.has(id)) setThread(id, { rows: under(rowsOf(id), page.data), hasOlder: page.hasMore });
  } finally {
    if (threads.value.has(id)) setThread(id, { loadingOlder: false });
  }
}

/** For whoever is at the end: what is far above is read again once it is scrolled to. */
export function forgetOlder(id: Id): void {
  const thread = threads.value.get(id);
  if (!thread || thread.loadingOlder || thread.rows.length <= MOST_ROWS) return;
  setThread(id, { rows: thread.rows.slice(-NEWEST_ROWS), hasOlder: true });
}

/** Older messages under the known rows, which are the newer account of the two. */
function under(rows: readonly Row[], older: readonly Message[]): Row[] {
  const known = new Set(rows.map((row) => row.id));
  return [...older.filter((message) => !known.has(message.id)), ...rows].sort(inOrder);
}

/** After a reset nothing held is trusted: the open thread is read again now, the others when they are opened. */
export async function rereadThreads(openId: Id | null): Promise<void> {
  const open = openId ? threads.value.get(openId) : undefined;
  const stale = [...threads.value].map(([id, { rows }]): [Id, Thread] => [
    id,
    { ...loadingThread, state: "stale", rows: unsent(rows) },
  ]);
  threads.value = new Map([...stale, ...(openId && open ? [[openId, open] as const] : [])]);
  // Also when a page is on its way: it may be older than the place in the feed from which we go on.
  if (openId && open) await readThread(openId);
}
