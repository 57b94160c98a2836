import { api, type Closing, Problem, type TransferTo } from "../api";
import { nameOf } from "../contact/name";
import { changeConversation, conversations, keepRead } from "../inbox/conversations";
import { people, teams } from "../lists";
import { attempt, notify, problemText } from "../notices";
import type { Assignee, Conversation, ConversationStatus, Id, Priority, Tag } from "../wire";
import { w } from "../words";
import { mergeRows } from "./rows";
import { momentText } from "./snoozing";
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

/** Does something and, where it was done, offers for a while to take it back. */
async function takenBack(act: () => Promise<unknown>, said: string, undo: () => unknown): Promise<boolean> {
  const isDone = await attempt(act);
  if (isDone) notify("good", said, { label: w.desk.undo.label, run: undo });
  return isDone;
}

const known = (id: Id) => conversations.value.get(id);

function customerOf(id: Id): string {
  const contact = known(id)?.contact;
  return contact ? nameOf(contact) : w.card.unnamed;
}

/** Gives a conversation back to the person and the team that had it, be it nobody. */
function giveBack(id: Id): () => unknown {
  const { assignedToId = null, teamId = null } = known(id) ?? {};
  return () => attempt(() => keepAnswer(() => api.change(id, { assignedToId, teamId })));
}

const nameIn = (rows: readonly { id: Id; name: string }[], id: Id | null | undefined) =>
  rows.find((row) => row.id === id)?.name;

export function assign(id: Id, userId: Id): Promise<boolean> {
  const said = w.desk.undo.given(nameIn(people.rows.value, userId) ?? "");
  return takenBack(() => keepAnswer(() => api.assign(id, userId)), said, giveBack(id));
}

export function transfer(id: Id, to: TransferTo): Promise<boolean> {
  const { passedOn, given, toTeam } = w.desk.undo;
  const [person, team] = [nameIn(people.rows.value, to.userId), nameIn(teams.rows.value, to.teamId)];
  const said = person ? given(person) : team ? toTeam(team) : passedOn;
  return takenBack(() => keepAnswer(() => api.transfer(id, to)), said, giveBack(id));
}

export const close = (id: Id, closing?: Closing): Promise<boolean> =>
  takenBack(
    () => keepAnswer(() => api.close(id, closing)),
    w.desk.undo.closed(customerOf(id)),
    () => attempt(() => keepAnswer(() => api.takeBackClosing(id))),
  );

export const reopen = (id: Id) => attempt(() => keepAnswer(() => api.reopen(id)));

/** Puts a conversation aside until a moment, or until the customer writes. */
export const snooze = (id: Id, until: Date): Promise<boolean> =>
  takenBack(
    () => keepAnswer(() => api.snooze(id, until)),
    w.desk.undo.snoozed(momentText(until)),
    () => wake(id),
  );

export const wake = (id: Id) => attempt(() => keepAnswer(() => api.wake(id)));

export const setPriority = (id: Id, priority: Priority) =>
  attempt(() => keepAnswer(() => api.change(id, { priority })));

const keepTags = (id: Id, tagIds: Id[]) => keepAnswer(() => api.change(id, { tagIds }));

export const addTag = (id: Id, tag: Tag) => attempt(() => keepTags(id, [...tagsOf(id), tag.id]));

export function removeTag(id: Id, tag: Tag): Promise<boolean> {
  const others = tagsOf(id).filter((one) => one !== tag.id);
  return takenBack(
    () => keepTags(id, others),
    w.desk.undo.tagRemoved(tag.name),
    () => addTag(id, tag),
  );
}

const tagsOf = (id: Id): Id[] => known(id)?.tags.map((tag) => tag.id) ?? [];

/** The customer is the one who has to say something now; when he does, it is in progress again. */
export const setStatus = (id: Id, status: ConversationStatus) =>
  attempt(() => keepAnswer(() => api.change(id, { status })));

export const addNote = (id: Id, content: string) =>
  attempt(async () => {
    const note = await api.addNote(id, content);
    changeRows(id, (rows) => mergeRows(rows, [note]));
  });
