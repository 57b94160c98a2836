import type { Conversation } from "../wire";
import type { Known } from "./conversations";

/** More changes than this cost more one by one than all sorted anew. */
const MANY = 200;

// Not `localeCompare`: these are instants and ids, and there may be ten thousand of them.
export function newestFirst(a: Conversation, b: Conversation): number {
  if (a.lastMessageAt !== b.lastMessageAt) return a.lastMessageAt < b.lastMessageAt ? 1 : -1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? 1 : -1;
}

/** Where a row stands among rows in order, or would. */
function standing(row: Conversation, rows: readonly Conversation[]): number {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (newestFirst(rows[middle] as Conversation, row) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

type IsIn = (row: Conversation) => boolean;

/** What was asked, and what the answer was made of. */
interface Answered {
  question: readonly unknown[];
  known: Known;
  rows: readonly Conversation[];
}

const isSame = (a: readonly unknown[], b: readonly unknown[]) => a.every((one, place) => one === b[place]);

const sorted = (known: Known, isIn: IsIn) => [...known.values()].filter(isIn).sort(newestFirst);

/** The rows as they were, with those moved that are not what they were. */
function moved({ known: before, rows }: Answered, known: Known, isIn: IsIn): readonly Conversation[] {
  const ids = [...known.differing(before)];
  if (ids.length > MANY) return sorted(known, isIn);
  const listedOf = (of: Known) => ids.flatMap((id) => of.get(id) ?? []).filter(isIn);
  const [gone, come] = [listedOf(before), listedOf(known)];
  if (gone.length + come.length === 0) return rows;
  const next = [...rows];
  for (const row of gone) next.splice(standing(row, next), 1);
  for (const row of come) next.splice(standing(row, next), 0, row);
  return next;
}

/**
 * What of the known is in, newest first. To be asked again and again: as long as `question`, all that `isIn` looks at
 * beside a row, is the same, only what has changed since is looked at.
 */
export function ordered(): (
  known: Known,
  question: readonly unknown[],
  isIn: IsIn,
) => readonly Conversation[] {
  let last: Answered | null = null;
  return (known, question, isIn) => {
    const rows = last && isSame(last.question, question) ? moved(last, known, isIn) : sorted(known, isIn);
    last = { question, known, rows };
    return rows;
  };
}
