import { api, Problem, type TransferTo } from "../api";
import { changeConversation, keepRead } from "../inbox/conversations";
import { attempt, notify, problemText } from "../notices";
import type { Assignee, Conversation, ConversationStatus, Id, Priority } from "../wire";
import { w } from "../words";
import { mergeRows } from "./rows";
import { changeRows } from "./threads";

// Each act keeps the server's answer; the live event says the same thing again, or, when it comes first, more: that the
// conversation has gone with the act.
const keepAnswer = (act: () => Promise<Conversation>) => keepRead(act, (row) => [row]);

/** Takes a conversation; when a colleague was faster, shows who. */
export async function claim(id: Id): Promise<void> {
  try {
    await keepAnswer(() => api.claim(id));
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.status !== 409) return notify("bad", problemText(problem));
    const winner = problem.body.assignedTo as Assignee | undefined;
    if (winner) changeConversation(id, { assignedTo: winner, assignedToId: winner.id });
    notify("bad", winner ? w.thread.claimed(winner.name) : problemText(problem));
  }
}

export const assign = (id: Id, userId: Id) => attempt(() => keepAnswer(() => api.assign(id, userId)));
export const close = (id: Id) => attempt(() => keepAnswer(() => api.close(id)));
export const reopen = (id: Id) => attempt(() => keepAnswer(() => api.reopen(id)));

export const setPriority = (id: Id, priority: Priority) =>
  attempt(() => keepAnswer(() => api.change(id, { priority })));

export const setTags = (id: Id, tagIds: Id[]) => attempt(() => keepAnswer(() => api.change(id, { tagIds })));

/** The customer is the one who has to say something now; when he does, it is in progress again. */
export const setStatus = (id: Id, status: ConversationStatus) =>
  attempt(() => keepAnswer(() => api.change(id, { status })));

export const transfer = (id: Id, to: TransferTo) => attempt(() => keepAnswer(() => api.transfer(id, to)));

export const addNote = (id: Id, content: string) =>
  attempt(async () => {
    const note = await api.addNote(id, content);
    changeRows(id, (rows) => mergeRows(rows, [note]));
  });
