import type { Day } from "./calendar";
import type { DayFigures, Figures } from "./wire";

/** Neighbouring days told as one. */
export interface Stretch {
  first: Day;
  last: Day;
  figures: Figures;
}

// More bars than this are thinner than what stands between them.
const MOST_BARS = 92;
const WEEK = 7;

/** By day, or by week where there are too many days. */
export function stretchesOf(days: readonly DayFigures[]): Stretch[] {
  const size = days.length > MOST_BARS ? WEEK : 1;
  const starts = days.flatMap((_, place) => (place % size === 0 ? [place] : []));
  return starts.flatMap((start) => stretchOf(days.slice(start, start + size)) ?? []);
}

function stretchOf(days: readonly DayFigures[]): Stretch | null {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  return { first: first.day, last: last.day, figures: merged(days.map(({ figures }) => figures)) };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** The figures of all of these conversations: each mean weighs as much as what it is the mean of. */
export function merged(parts: readonly Figures[]): Figures {
  const total = (name: "begun" | "answered" | "closed" | "resolved" | "ratings") =>
    sum(parts.map((part) => part[name]));
  const mean = (name: "secondsToAnswer" | "rating", weight: "answered" | "ratings") => {
    const weights = total(weight);
    return weights ? sum(parts.map((part) => (part[name] ?? 0) * part[weight])) / weights : null;
  };
  return {
    begun: total("begun"),
    answered: total("answered"),
    secondsToAnswer: mean("secondsToAnswer", "answered"),
    closed: total("closed"),
    resolved: total("resolved"),
    ratings: total("ratings"),
    rating: mean("rating", "ratings"),
  };
}
