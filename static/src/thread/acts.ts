import { api, Problem } from "../api";
import { changeConversation, keepConversation } from "../inbox/conversations";
import { attempt, notify, problemText } from "../notices";
import type { Id, Person, Priority } from "../wire";
import { w } from "../words";
import { mergeRows } from "./rows";
import { changeRows } from "./threads";

// Each act keeps the server's answer at once; the live event that follows says the same thing again.

/** Takes a conversation; when a colleague was faster, shows who. */
export async function claim(id: Id): Promise<void> {
  try {
    keepConversation(await api.claim(id));
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.status !== 409) return notify("bad", problemText(problem));
    const winner = problem.body.assignedTo as Person | undefined;
    if (winner) changeConversation(id, { assignedTo: winner, assignedToId: winner.id });
    notify("bad", winner ? w.thread.claimed(winner.name) : problemText(problem));
  }
}

export const assign = (id: Id, userId: Id) =>
  attempt(async () => keepConversation(await api.assign(id, userId)));
export const close = (id: Id) => attempt(async () => keepConversation(await api.close(id)));
export const reopen = (id: Id) => attempt(async () => keepConversation(await api.reopen(id)));

export const setPriority = (id: Id, priority: Priority) =>
  attempt(async () => keepConversation(await api.change(id, { priority })));

export const setTags = (id: Id, tagIds: Id[]) =>
  attempt(async () => keepConversation(await api.change(id, { tagIds })));

export const transfer = (id: Id, to: { userId?: Id; teamId?: Id; reason: string }) =>
  attempt(async () => keepConversation(await api.transfer(id, to)));

export const addNote = (id: Id, content: string) =>
  attempt(async () => {
    const note = await api.addNote(id, content);
    changeRows(id, (rows) => mergeRows(rows, [note]));
  });
