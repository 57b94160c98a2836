import { signal } from "@preact/signals";
import { language } from "./words";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The present, moved every half minute: what counts down reads it. */
export const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, MINUTE / 2);

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options);
const clockFormat = format({ hour: "2-digit", minute: "2-digit" });
const weekdayFormat = format({ weekday: "long" });
const shortDateFormat = format({ day: "2-digit", month: "2-digit", year: "2-digit" });
const longDateFormat = format({ day: "numeric", month: "long", year: "numeric" });
const fullFormat = format({ dateStyle: "long", timeStyle: "medium" });
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

const amountFormat = new Intl.NumberFormat(language);

/** 12345 → "12.345". */
export const amount = (count: number) => amountFormat.format(count);

const mediumFormat = format({ dateStyle: "short", timeStyle: "short" });

export const clockTime = (instant: string) => clockFormat.format(new Date(instant));
export const fullTime = (instant: string) => fullFormat.format(new Date(instant));
export const dateAndTime = (instant: string) => mediumFormat.format(new Date(instant));
export const longDate = (instant: string) => longDateFormat.format(new Date(instant));
export const dayKey = (instant: string) => new Date(instant).toDateString();

/** Whole calendar days between an instant and today, in the reader's time zone. */
export function daysAgo(instant: string, today = Date.now()): number {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(today) - midnight(Date.parse(instant))) / DAY);
}

/** "hoje", "ontem", "segunda-feira", then the date. */
export function dayName(instant: string): string {
  const days = daysAgo(instant, now.value);
  if (days < 2) return relative.format(-days, "day");
  return days < 7 ? weekdayFormat.format(new Date(instant)) : longDateFormat.format(new Date(instant));
}

/** The time of a row in the list: the clock today, then the day. */
export function rowTime(instant: string): string {
  const days = daysAgo(instant, now.value);
  if (days < 1) return clockTime(instant);
  return days < 2 ? relative.format(-days, "day") : shortDateFormat.format(new Date(instant));
}

/** "8 s", "3 min", "2 h 05 min". */
export function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${Math.round(seconds)} s`;
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** What is left until an instant: "23 h", "8 min"; null once it is past. */
export function timeLeft(instant: string, from = now.value): string | null {
  const left = Date.parse(instant) - from;
  if (left <= 0) return null;
  const minutes = Math.ceil(left / MINUTE);
  return minutes >= 60 ? `${Math.floor(minutes / 60)} h` : `${minutes} min`;
}
