// Which rows of a long list are drawn, as pure sums over rows of one height.

import type { Id } from "../wire";

export interface Listed {
  id: Id;
}

export interface Span {
  from: number;
  /** Not included. */
  to: number;
}

export const placeOf = (id: Id, rows: readonly Listed[]): number => rows.findIndex((row) => row.id === id);

const OVERSCAN = 8;

/** `first`: the row at the top of what is seen; `shown`: how many rows fit below it. */
export function drawn(first: number, shown: number, count: number): Span {
  const from = Math.max(0, Math.min(first, count - shown) - OVERSCAN);
  return { from, to: Math.min(count, first + shown + OVERSCAN) };
}

/** By how many rows what was seen has moved, so that the reader can be moved with it. */
export function movedBy(before: readonly Listed[], after: readonly Listed[], { from, to }: Span): number {
  const moves = before.slice(from, to).flatMap(({ id }, at) => moveOf(id, from + at, after) ?? []);
  // The middle one: a single row that went to the top says nothing of the others.
  return moves.sort((a, b) => a - b)[moves.length >> 1] ?? 0;
}

/** Looked for from where it stood: most rows go no farther than the next place. */
function moveOf(id: Id, at: number, after: readonly Listed[]): number | undefined {
  const farthest = Math.max(at, after.length - at);
  for (let far = 0; far <= farthest; far++) {
    if (after[at + far]?.id === id) return far;
    if (after[at - far]?.id === id) return -far;
  }
  return undefined;
}

/** The scroll position nearest to `top` at which a row is seen whole. */
export function revealing(place: number, top: number, height: number, rowHeight: number): number {
  const [start, end] = [place * rowHeight, (place + 1) * rowHeight];
  if (start < top) return start;
  return end > top + height ? end - height : top;
}
