import { dayKey } from "../time";
import type { Row } from "./rows";

const PAUSE_MS = 5 * 60_000;

export interface Placed {
  row: Row;
  /** The instant of a new day, which is announced above the row. */
  day: string | null;
  isFirst: boolean;
}

/** Where days begin and where runs of messages by one author begin. */
export function placeRows(rows: readonly Row[]): Placed[] {
  const days = rows.map((row) => dayKey(row.timestamp));
  return rows.map((row, place) => {
    const before = rows[place - 1];
    const isNewDay = !before || days[place - 1] !== days[place];
    return { row, day: isNewDay ? row.timestamp : null, isFirst: isNewDay || !isSameRun(before, row) };
  });
}

function isSameRun(before: Row, row: Row): boolean {
  const isSameAuthor =
    before.direction === row.direction &&
    before.sentById === row.sentById &&
    before.automatic === row.automatic;
  return isSameAuthor && Date.parse(row.timestamp) - Date.parse(before.timestamp) < PAUSE_MS;
}
