import type { Behind } from "../reports/behind";
import { dayIn, spanOf } from "../reports/calendar";

/** Not closed. */
export const OPEN: Behind = { status: "OPEN,IN_PROGRESS,WAITING" };
export const QUEUED: Behind = { inQueue: true };
/** In the hands of somebody, a person or the assistant. */
export const ACTIVE: Behind = { inQueue: false };

const RECENT_MS = 30 * 24 * 60 * 60 * 1000;

/** Begun today, by the clock of `zone`. */
export function ofToday(zone: string): Behind {
  const { start, end } = today(zone);
  return { createdFrom: start, createdTo: end };
}

/** Resolved today, whenever they began. */
export function resolvedToday(zone: string): Behind {
  const { start, end } = today(zone);
  return { resolution: "RESOLVED", closedFrom: start, closedTo: end };
}

/** What the satisfaction is the mean of. */
export function ratedLately(): Behind {
  const now = Date.now();
  return { ratedFrom: new Date(now - RECENT_MS).toISOString(), ratedTo: new Date(now).toISOString() };
}

function today(zone: string) {
  const day = dayIn(zone, Date.now());
  return spanOf(day, day, zone);
}
