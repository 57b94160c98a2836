import { w } from "../words";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "42 s", "3 min 20 s", "1 h 5 min", "2 d 3 h": the two units that say most. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const says = w.supervisor.duration;
  if (whole < MINUTE) return says.seconds(whole);
  if (whole < HOUR) return says.minutes(Math.floor(whole / MINUTE), whole % MINUTE);
  if (whole < DAY) return says.hours(Math.floor(whole / HOUR), Math.floor((whole % HOUR) / MINUTE));
  return says.days(Math.floor(whole / DAY), Math.floor((whole % DAY) / HOUR));
}

/** As above, or a dash where nothing is known. */
export const durationOrNothing = (seconds: number | null) =>
  seconds === null ? w.supervisor.nothing : durationText(seconds);
