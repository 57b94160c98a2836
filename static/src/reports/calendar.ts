import { language } from "../words";

/** "2026-03-04": a day of the tenant's calendar. */
export type Day = string;

const DAY_MS = 24 * 60 * 60 * 1000;

const inUtc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
const shortFormat = inUtc({ day: "2-digit", month: "2-digit" });
const longFormat = inUtc({ day: "2-digit", month: "2-digit", year: "numeric" });

const noonOf = (day: Day) => new Date(`${day}T12:00:00Z`);

export const shortDay = (day: Day) => shortFormat.format(noonOf(day));
export const longDay = (day: Day) => longFormat.format(noonOf(day));

export function addDays(day: Day, count: number): Day {
  return new Date(noonOf(day).getTime() + count * DAY_MS).toISOString().slice(0, 10);
}

function clockIn(zone: string): Intl.DateTimeFormat {
  const parts = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  const time = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
  return new Intl.DateTimeFormat("en-CA", { ...parts, ...time, timeZone: zone });
}

/** What the clock on the wall in `zone` shows, written as if it were UTC. */
function wallTime(clock: Intl.DateTimeFormat, instant: number): number {
  const part = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
  return Date.parse(`${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}Z`);
}

/** The day it is in `zone` at an instant. */
export function dayIn(zone: string, instant: number | string): Day {
  return new Date(wallTime(clockIn(zone), new Date(instant).getTime())).toISOString().slice(0, 10);
}

/** The instant at which a day begins in `zone`; the first there is where the clock skips midnight. */
export const startOfDay = (day: Day, zone: string): Date => instantIn(zone, day, "00:00");

/** The instant at which the clock on the wall in `zone` shows a day and a time; the next there is where it skips them. */
export function instantIn(zone: string, day: Day, time: string): Date {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  const clock = clockIn(zone);
  const offsetAt = (instant: number) => wallTime(clock, instant) - instant;
  // The offset may change between the guess and the moment itself: of two that are right the earlier is meant.
  const guesses = [offsetAt(wanted - DAY_MS), offsetAt(wanted + DAY_MS)].map((offset) => wanted - offset);
  const right = guesses.filter((guess) => wallTime(clock, guess) === wanted);
  return new Date(Math.min(...(right.length > 0 ? right : [Math.max(...guesses)])));
}

/** From the first instant of `first` to the last millisecond of `last`. */
export function spanOf(first: Day, last: Day, zone: string): { start: string; end: string } {
  const end = startOfDay(addDays(last, 1), zone).getTime() - 1;
  return { start: startOfDay(first, zone).toISOString(), end: new Date(end).toISOString() };
}

/** The date and the time of an instant by the tenant's clock. */
export function momentText(instant: string, zone: string): string {
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: "short",
    timeStyle: "medium",
    timeZone: zone,
  });
  return format.format(new Date(instant));
}
