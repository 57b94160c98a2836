import type { Behind } from "../reports/behind";
import { dayIn, spanOf } from "../reports/calendar";

/** Not closed. */
export const OPEN: Behind = { status: "OPEN,IN_PROGRESS,WAITING" };
/** In somebody's hands. */
export const ACTIVE: Behind = { status: "IN_PROGRESS,WAITING" };

/** Begun today, by the clock of `zone`. */
export function ofToday(zone: string): Behind {
  const today = dayIn(zone, Date.now());
  const { start, end } = spanOf(today, today, zone);
  return { createdFrom: start, createdTo: end };
}
