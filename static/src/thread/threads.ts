import { signal } from "@preact/signals";
import { api } from "../api";
import type { Id, Message } from "../wire";
import { inOrder, mergeRows, type Row } from "./rows";

export interface Thread {
  state: "loading" | "ready" | "failed";
  rows: readonly Row[];
  hasOlder: boolean;
  loadingOlder: boolean;
}

const PAGE = 50;
const loadingThread: Thread = { state: "loading", rows: [], hasOlder: false, loadingOlder: false };

/** The messages of the conversations opened since the last snapshot. */
export const threads = signal<ReadonlyMap<Id, Thread>>(new Map());

type Change = (rows: readonly Row[]) => readonly Row[];

// What happens while a page is on its way may be newer than the page: it is laid over it when it comes.
const waiting = new Map<Id, Change[]>();

function setThread(id: Id, change: Partial<Thread>): void {
  const known = threads.value.get(id) ?? loadingThread;
  threads.value = new Map(threads.value).set(id, { ...known, ...change });
}

/** Changes the messages of a conversation, if its thread is open. */
export function changeRows(id: Id, change: Change): void {
  const thread = threads.value.get(id);
  if (!thread) return;
  waiting.get(id)?.push(change);
  setThread(id, { rows: change(thread.rows) });
}

export const rowsOf = (id: Id): readonly Row[] => threads.value.get(id)?.rows ?? [];

export async function openThread(id: Id): Promise<void> {
  const known = threads.value.get(id);
  if (known && known.state !== "failed") return;
  setThread(id, { state: "loading" });
  await readThread(id);
}

async function readThread(id: Id): Promise<void> {
  const changes: Change[] = [];
  waiting.set(id, changes);
  try {
    const page = await api.messages(id, { limit: PAGE });
    const stillSending = rowsOf(id).filter((row) => row.local);
    const rows = changes.reduce<readonly Row[]>(
      (sofar, change) => change(sofar),
      mergeRows(stillSending, page.data),
    );
    setThread(id, { state: "ready", rows, hasOlder: page.hasMore });
  } catch {
    setThread(id, { state: "failed" });
  } finally {
    waiting.delete(id);
  }
}

export async function loadOlder(id: Id): Promise<void> {
  const thread = threads.value.get(id);
  const oldest = thread?.rows.find((row) => !row.local);
  if (!thread?.hasOlder || thread.loadingOlder || !oldest) return;
  setThread(id, { loadingOlder: true });
  try {
    const page = await api.messages(id, { limit: PAGE, before: oldest.id });
    setThread(id, { rows: under(rowsOf(id), page.data), hasOlder: page.hasMore });
  } finally {
    setThread(id, { loadingOlder: false });
  }
}

/** Older messages under the known rows, which are the newer account of the two. */
function under(rows: readonly Row[], older: readonly Message[]): Row[] {
  const known = new Set(rows.map((row) => row.id));
  return [...older.filter((message) => !known.has(message.id)), ...rows].sort(inOrder);
}

/** After a reset nothing held is trusted: the threads are read again, keeping only what is still being sent. */
export async function rereadThreads(openId: Id | null): Promise<void> {
  const open = openId ? threads.value.get(openId) : undefined;
  threads.value = openId && open ? new Map([[openId, open]]) : new Map();
  if (openId && open) await readThread(openId);
}
