import { addDays, dayIn, instantIn } from "../reports/calendar";
import { timeZone } from "../time";
import type { Conversation, Instant } from "../wire";
import { language } from "../words";

const HOUR_MS = 60 * 60_000;
const OPENING = "09:00";
const MONDAY = 1;

export const CHOICES = ["hour", "tomorrow", "monday"] as const;
export type Choice = (typeof CHOICES)[number];

/** What nobody has stays in the line; what is closed is nobody's work. */
export const maySnooze = ({ status, assignedToId }: Conversation): boolean =>
  status !== "CLOSED" && assignedToId !== null;

const weekdayOf = (day: string) => new Date(`${day}T12:00:00Z`).getUTCDay();

function daysUntilMonday(today: string): number {
  return (MONDAY - weekdayOf(today) + 7) % 7 || 7;
}

/** When a conversation that is put aside at `now` comes back, by the clock of `zone`. */
export function momentOf(choice: Choice, now: number, zone: string): Date {
  if (choice === "hour") return new Date(now + HOUR_MS);
  const today = dayIn(zone, now);
  const days = choice === "tomorrow" ? 1 : daysUntilMonday(today);
  return instantIn(zone, addDays(today, days), OPENING);
}

/** "2026-03-10T09:30", as a control for date and time says it, by the clock of `zone`. */
export function momentTyped(typed: string, zone: string): Date {
  const [day = "", time = ""] = typed.split("T");
  return instantIn(zone, day, time);
}

/** "seg., 24/11, 09:00", by the house's clock; a moment of today is its hour alone. */
export function momentText(until: Instant | Date, now = Date.now()): string {
  const instant = new Date(until);
  const isToday = dayIn(timeZone.value, instant.getTime()) === dayIn(timeZone.value, now);
  const day = { weekday: "short", day: "2-digit", month: "2-digit" } as const;
  const clock = { hour: "2-digit", minute: "2-digit", timeZone: timeZone.value } as const;
  return new Intl.DateTimeFormat(language, isToday ? clock : { ...day, ...clock }).format(instant);
}
