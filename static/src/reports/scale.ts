/** The lines of an axis: from 0 in equal steps. */
export interface Scale {
  step: number;
  top: number;
}

const MOST_LINES = 5;

export const COUNT_STEPS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000, 50_000];
/** In seconds: what a clock shows in round numbers. */
export const DURATION_STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 172_800, 604_800,
];

/** As few round steps as show the highest value. `steps`: which are round, rising. */
export function scaleOf(values: readonly (number | null)[], steps: readonly number[]): Scale {
  const highest = Math.max(0, ...values.map((value) => value ?? 0));
  const step = steps.find((one) => one * MOST_LINES >= highest) ?? Math.ceil(highest / MOST_LINES);
  return { step, top: step * Math.max(1, Math.ceil(highest / step)) };
}

export function linesOf({ step, top }: Scale): number[] {
  return Array.from({ length: Math.round(top / step) + 1 }, (_, place) => place * step);
}

/** Which of `count` labels fit: every n-th, so that each has `room` of the `width` there is. */
export function shownLabels(count: number, width: number, room: number): number[] {
  const stride = Math.max(1, Math.ceil((count * room) / Math.max(width, 1)));
  return Array.from({ length: Math.ceil(count / stride) }, (_, place) => place * stride);
}
