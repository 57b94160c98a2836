// Which rows of a long list are drawn, as pure sums over rows of one height.

export interface Span {
  from: number;
  /** Not included. */
  to: number;
}

const OVERSCAN = 8;

/** `first`: the row at the top of what is seen; `shown`: how many rows fit below it. */
export function drawn(first: number, shown: number, count: number): Span {
  const from = Math.max(0, Math.min(first, count - shown) - OVERSCAN);
  return { from, to: Math.min(count, first + shown + OVERSCAN) };
}

/** By how many rows what was seen has moved, so that the reader can be moved with it. */
export function movedBy(before: readonly string[], after: readonly string[], { from, to }: Span): number {
  const places = new Map(after.map((id, place) => [id, place]));
  const moves = before.slice(from, to).flatMap((id, at) => {
    const place = places.get(id);
    return place === undefined ? [] : [place - (from + at)];
  });
  // The middle one: a single row that went to the top says nothing of the others.
  return moves.sort((a, b) => a - b)[moves.length >> 1] ?? 0;
}

/** The scroll position nearest to `top` at which a row is seen whole. */
export function revealing(place: number, top: number, height: number, rowHeight: number): number {
  const [start, end] = [place * rowHeight, (place + 1) * rowHeight];
  if (start < top) return start;
  return end > top + height ? end - height : top;
}
