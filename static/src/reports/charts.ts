import { w } from "../words";
import { countedBy, hrefBehind, wholeOf } from "./behind";
import { longDay, shortDay, spanOf } from "./calendar";
import { durationText } from "./duration";
import type { Filters } from "./filters";
import { type Stretch, stretchesOf } from "./grouping";
import { countText, ratingText, shareText } from "./numbers";
import type { Report } from "./reading";
import { COUNT_STEPS, DURATION_STEPS, type Scale, scaleOf } from "./scale";
import type { Figures } from "./wire";

export interface Point {
  /** Under the axis; `name` is the whole of it. */
  label: string;
  name: string;
  value: number | null;
  detail?: string;
  /** The conversations it counts. */
  href?: string;
}

export interface Chart {
  key: string;
  title: string;
  /** What a point is, at the head of the table. */
  pointName: string;
  kind: "bars" | "line";
  points: readonly Point[];
  scale: Scale;
  text: (value: number) => string;
  axisText: (value: number) => string;
  nothing: string;
}

type Draft = Omit<Chart, "points" | "scale" | "nothing" | "pointName" | "axisText"> & {
  value: (figures: Figures) => number | null;
  /** What a point leads to, and of how many conversations it speaks: of none there is nothing to open. */
  figure: keyof typeof countedBy;
  count: (figures: Figures) => number;
  detail?: (figures: Figures) => string;
  scale: (values: (number | null)[]) => Scale;
  axisText?: (value: number) => string;
};

/** "04/03", or "04/03 – 10/03". */
export function nameOf({ first, last }: Stretch): string {
  return first === last ? longDay(first) : `${longDay(first)} – ${longDay(last)}`;
}

const countOf = (figures: Figures) => w.supervisor.reports.count(figures.begun);

const drafts = (isByWeek: boolean): Draft[] => [
  {
    key: "byDay",
    title: isByWeek ? w.supervisor.reports.charts.byWeek : w.supervisor.reports.charts.byDay,
    kind: "bars",
    value: ({ begun }) => begun,
    figure: "begun",
    count: ({ begun }) => begun,
    scale: (values) => scaleOf(values, COUNT_STEPS),
    text: (value) => w.supervisor.reports.count(value),
    axisText: countText,
  },
  {
    key: "toAnswer",
    title: w.supervisor.reports.charts.toAnswer,
    kind: "line",
    value: ({ secondsToAnswer }) => secondsToAnswer,
    figure: "secondsToAnswer",
    count: ({ answered }) => answered,
    detail: ({ answered }) => `${w.supervisor.reports.answered}: ${countText(answered)}`,
    scale: (values) => scaleOf(values, DURATION_STEPS),
    text: durationText,
  },
  {
    key: "resolution",
    title: w.supervisor.reports.charts.resolution,
    kind: "line",
    value: ({ resolved, begun }) => (begun ? resolved / begun : null),
    figure: "resolved",
    count: ({ resolved }) => resolved,
    detail: ({ resolved, begun }) => `${countText(resolved)} / ${countText(begun)}`,
    scale: () => ({ step: 0.25, top: 1 }),
    text: (value) => shareText(value, 1),
  },
  {
    key: "rating",
    title: w.supervisor.reports.charts.rating,
    kind: "line",
    value: ({ rating }) => rating,
    figure: "rating",
    count: ({ ratings }) => ratings,
    detail: ({ ratings }) => w.supervisor.reports.ratings(ratings),
    scale: () => ({ step: 1, top: 5 }),
    text: ratingText,
    axisText: countText,
  },
];

/** The charts of a report, in the order of the page. `zone`: of the tenant, whose days these are. */
export function chartsOf(report: Report, filters: Filters, zone: string): Chart[] {
  const stretches = stretchesOf(report.figures.days);
  const isByWeek = stretches.length < report.figures.days.length;
  const spans = stretches.map((stretch) => within(report.figures, stretch, zone));
  const byTime = drafts(isByWeek).map((draft) => chartOf(draft, stretches, spans, isByWeek, filters));
  return [...byTime.slice(0, 1), hoursOf(report, filters), ...byTime.slice(1)];
}

function chartOf(
  draft: Draft,
  stretches: readonly Stretch[],
  spans: readonly Span[],
  isByWeek: boolean,
  filters: Filters,
): Chart {
  const { value, figure, count, detail = countOf, scale, ...rest } = draft;
  const points = stretches.map((stretch, place) => ({
    label: shortDay(stretch.first),
    name: nameOf(stretch),
    value: value(stretch.figures),
    detail: draft.key === "byDay" ? undefined : detail(stretch.figures),
    href:
      spans[place] && count(stretch.figures) > 0
        ? hrefBehind({ ...wholeOf(spans[place], filters), ...countedBy[figure] })
        : undefined,
  }));
  return {
    ...rest,
    points,
    scale: scale(points.map((point) => point.value)),
    axisText: draft.axisText ?? draft.text,
    nothing: w.supervisor.nothing,
    pointName: isByWeek ? w.supervisor.reports.charts.week : w.supervisor.reports.charts.day,
  };
}

type Span = ReturnType<typeof spanOf>;

/** The days as far as the report has read them: what began since then is not in its figures. */
function within(report: Span, { first, last }: Stretch, zone: string): Span {
  const { start, end } = spanOf(first, last, zone);
  return { start, end: Date.parse(report.end) < Date.parse(end) ? report.end : end };
}

function hoursOf({ figures }: Report, filters: Filters): Chart {
  const says = w.supervisor.reports.charts;
  const points = figures.hours.map((value, hour) => ({
    label: String(hour),
    name: says.hourOf(hour),
    value,
    href: value ? hrefBehind({ ...wholeOf(figures, filters), createdHour: hour }) : undefined,
  }));
  return {
    key: "byHour",
    title: says.byHour,
    pointName: says.hour,
    kind: "bars",
    points,
    scale: scaleOf(
      points.map(({ value }) => value),
      COUNT_STEPS,
    ),
    text: (value) => w.supervisor.reports.count(value),
    axisText: countText,
    nothing: w.supervisor.nothing,
  };
}
