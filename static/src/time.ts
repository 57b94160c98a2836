import { computed, signal } from "@preact/signals";
import { tenant } from "./tenant";
import { language } from "./words";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The present, moved every half minute: what counts down reads it. */
export const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, MINUTE / 2);

const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The browser's list of zones may be older than the server's. */
function isKnown(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat(language, { timeZone: zone }));
  } catch {
    return false;
  }
}

/** The tenant's; the browser's until that is known. */
export const timeZone = computed(() => {
  const zone = tenant.value?.timeZone;
  return zone && isKnown(zone) ? zone : ownZone;
});

/** How an instant reads on the tenant's clock. */
function format(options: Intl.DateTimeFormatOptions, locale: string = language) {
  const made = computed(() => new Intl.DateTimeFormat(locale, { ...options, timeZone: timeZone.value }));
  return (instant: string | number): string => made.value.format(new Date(instant));
}

export const clockTime = format({ hour: "2-digit", minute: "2-digit" });
export const fullTime = format({ dateStyle: "long", timeStyle: "medium" });
export const dateAndTime = format({ dateStyle: "short", timeStyle: "short" });
export const shortDate = format({ day: "2-digit", month: "2-digit", year: "2-digit" });
export const longDate = format({ day: "numeric", month: "long", year: "numeric" });
/** "2026-03-04": the day of the tenant's calendar. */
export const dayKey = format({ year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA");
const weekday = format({ weekday: "long" });
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

const amountFormat = new Intl.NumberFormat(language);

/** 12345 → "12.345". */
export const amount = (count: number) => amountFormat.format(count);

/** Whole days of the tenant's calendar between an instant and today. */
export function daysAgo(instant: string, today = Date.now()): number {
  return (Date.parse(dayKey(today)) - Date.parse(dayKey(instant))) / DAY;
}

/** "hoje", "ontem", "segunda-feira", then the date. */
export function dayName(instant: string): string {
  const days = daysAgo(instant, now.value);
  if (days < 2) return relative.format(-days, "day");
  return days < 7 ? weekday(instant) : longDate(instant);
}

/** The time of a row in the list: the clock today, then the day. */
export function rowTime(instant: string): string {
  const days = daysAgo(instant, now.value);
  if (days < 1) return clockTime(instant);
  return days < 2 ? relative.format(-days, "day") : shortDate(instant);
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
