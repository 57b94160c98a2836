import { type BusinessHours, type Period, WEEKDAYS, type Weekday, type Weekly } from "../../tenant";

const DAY_MINUTES = 24 * 60;
export const WORKDAYS: readonly Weekday[] = WEEKDAYS.slice(0, 5);
const ALL_DAY: readonly Period[] = [{ opens: "00:00", closes: "24:00" }];

/** "08:30" → 510. */
export function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

export function clockOf(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Where a period lies in its day: per cent from the left, and of the width. */
export function placeOf({ opens, closes }: Period): { left: number; width: number } {
  const [begin, end] = [minutesOf(opens), minutesOf(closes)];
  const percent = (minutes: number) => (minutes / DAY_MINUTES) * 100;
  return { left: percent(begin), width: Math.max(0, percent(end - begin)) };
}

export type PeriodProblem = "order" | "overlap";

/** What the server would refuse of a day, said before it is sent. */
export function problemOf(periods: readonly Period[]): PeriodProblem | null {
  if (periods.some(({ opens, closes }) => minutesOf(opens) >= minutesOf(closes))) return "order";
  const ordered = [...periods].sort((one, other) => minutesOf(one.opens) - minutesOf(other.opens));
  const isOverlapping = ordered.some((later, place) => {
    const before = ordered[place - 1];
    return before !== undefined && minutesOf(later.opens) < minutesOf(before.closes);
  });
  return isOverlapping ? "overlap" : null;
}

/** The next period that makes sense after those there are: after lunch, for a day that has a morning. */
export function nextPeriod(periods: readonly Period[]): Period {
  const last = Math.max(0, ...periods.map(({ closes }) => minutesOf(closes)));
  if (last === 0) return { opens: "08:00", closes: "18:00" };
  const opens = Math.min(last + 60, DAY_MINUTES - 60);
  return { opens: clockOf(opens), closes: clockOf(Math.min(opens + 4 * 60, DAY_MINUTES)) };
}

/** The periods of one day on some others. */
export function copied(weekly: Weekly, from: Weekday, to: readonly Weekday[]): Weekly {
  const periods = weekly[from] ?? [];
  return {
    ...weekly,
    ...Object.fromEntries(to.map((day) => [day, periods.map((period) => ({ ...period }))])),
  };
}

const everyDay = (days: readonly Weekday[], periods: readonly Period[]): Weekly =>
  Object.fromEntries(days.map((day) => [day, periods.map((period) => ({ ...period }))]));

/** What most houses begin with. */
export const PRESETS = {
  office: everyDay(WORKDAYS, [{ opens: "08:00", closes: "18:00" }]),
  lunch: everyDay(WORKDAYS, [
    { opens: "08:00", closes: "12:00" },
    { opens: "13:00", closes: "18:00" },
  ]),
  saturday: {
    ...everyDay(WORKDAYS, [{ opens: "08:00", closes: "18:00" }]),
    SATURDAY: [{ opens: "08:00", closes: "12:00" }],
  },
  always: everyDay(WEEKDAYS, ALL_DAY),
} satisfies Record<string, Weekly>;
export type PresetName = keyof typeof PRESETS;

export function hasProblem({ weekly, holidays }: BusinessHours): boolean {
  const days = [...Object.values(weekly), ...holidays.map(({ periods }) => periods)];
  return days.some((periods) => problemOf(periods) !== null);
}

/** Open hours in a week. */
export function hoursOpen(weekly: Weekly): number {
  const periods = Object.values(weekly).flat();
  return periods.reduce((sum, { opens, closes }) => sum + minutesOf(closes) - minutesOf(opens), 0) / 60;
}
