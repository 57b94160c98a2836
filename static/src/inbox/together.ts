import { signal } from "@preact/signals";
import { api } from "../api";
import { notify, problemText } from "../notices";
import type { Conversation, Id, Priority, Tag } from "../wire";
import { w } from "../words";
import { keepChosen } from "./choice";
import { changeConversation, keepRead } from "./conversations";

const AT_ONCE = 4;

export interface Outcome {
  done: Conversation[];
  refused: Conversation[];
  /** Each reason once, as the server says it. */
  reasons: string[];
}

/** How far an act on many has come; null while none is under way. */
export const progress = signal<{ done: number; total: number } | null>(null);

/** Does `work` with each, a few at a time; one that is refused stops none of the others. */
export async function eachOf(
  rows: readonly Conversation[],
  work: (row: Conversation) => Promise<unknown>,
): Promise<Outcome> {
  const outcome: Outcome = { done: [], refused: [], reasons: [] };
  const left = [...rows];
  progress.value = { done: 0, total: rows.length };
  async function hand(): Promise<void> {
    for (let row = left.shift(); row; row = left.shift()) {
      await tryOne(row, work, outcome);
      progress.value = { done: outcome.done.length + outcome.refused.length, total: rows.length };
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
  progress.value = null;
  return outcome;
}

async function tryOne(
  row: Conversation,
  work: (row: Conversation) => Promise<unknown>,
  outcome: Outcome,
): Promise<void> {
  try {
    await work(row);
    outcome.done.push(row);
  } catch (problem) {
    const reason = problemText(problem);
    outcome.refused.push(row);
    if (!outcome.reasons.includes(reason)) outcome.reasons.push(reason);
  }
}

type Act = (row: Conversation) => Promise<unknown>;

/** Says what came of it, and keeps in hand what was refused. */
async function together(rows: readonly Conversation[], act: Act, undo?: Act): Promise<void> {
  const { done, refused, reasons } = await eachOf(rows, act);
  keepChosen(refused.map((row) => row.id));
  const takeBack = undo && done.length > 0 ? () => together(done, undo) : undefined;
  const offered = takeBack && { label: w.desk.undo.label, run: takeBack };
  if (refused.length === 0) notify("good", w.desk.choice.done(done.length), offered);
  else notify("bad", w.desk.choice.mixed(done.length, refused.length, reasons.join(" ")), offered);
}

const keepAnswer = (act: () => Promise<Conversation>) => keepRead(act, (row) => [row]);
const tagIdsOf = (row: Conversation): Id[] => row.tags.map((tag) => tag.id);

export const assignAll = (rows: readonly Conversation[], userId: Id) =>
  together(
    rows,
    ({ id }) => keepAnswer(() => api.assign(id, userId)),
    ({ id, assignedToId }) => keepAnswer(() => api.change(id, { assignedToId })),
  );

export const closeAll = (rows: readonly Conversation[]) =>
  together(
    rows.filter((row) => row.status !== "CLOSED"),
    ({ id }) => keepAnswer(() => api.close(id)),
    ({ id }) => keepAnswer(() => api.takeBackClosing(id)),
  );

export const tagAll = (rows: readonly Conversation[], tag: Tag) =>
  together(
    rows,
    (row) => keepAnswer(() => api.change(row.id, { tagIds: [...new Set([...tagIdsOf(row), tag.id])] })),
    (row) => keepAnswer(() => api.change(row.id, { tagIds: tagIdsOf(row) })),
  );

export const setPriorityOfAll = (rows: readonly Conversation[], priority: Priority) =>
  together(
    rows,
    ({ id }) => keepAnswer(() => api.change(id, { priority })),
    ({ id, priority: before }) => keepAnswer(() => api.change(id, { priority: before })),
  );

export const markAllRead = (rows: readonly Conversation[]) =>
  together(rows, async ({ id }) => {
    await api.markRead(id);
    changeConversation(id, { unreadCount: 0 });
  });
