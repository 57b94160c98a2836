import { describe, expect, it } from "vitest";
import { countedBy, hrefBehind, readBehind } from "../src/reports/behind";
import { addDays, dayIn, spanOf, startOfDay } from "../src/reports/calendar";
import { chartsOf } from "../src/reports/charts";
import { durationText } from "../src/reports/duration";
import { datesOf, queryOf, readFilters } from "../src/reports/filters";
import { merged, stretchesOf } from "../src/reports/grouping";
import { linesOf, scaleOf, shownLabels } from "../src/reports/scale";
import type { DayFigures, Figures } from "../src/reports/wire";
import { parseRoute } from "../src/route";

const none: Figures = {
  begun: 0,
  answered: 0,
  secondsToAnswer: null,
  closed: 0,
  resolved: 0,
  ratings: 0,
  rating: null,
};
const figures = (change: Partial<Figures>): Figures => ({ ...none, ...change });
const days = (count: number, change: Partial<Figures> = {}): DayFigures[] =>
  Array.from({ length: count }, (_, place) => ({
    day: addDays("2026-01-01", place),
    figures: figures(change),
  }));

describe("the tenant's calendar", () => {
  it("begins each day at the tenant's own midnight", () => {
    expect(startOfDay("2026-03-04", "America/Sao_Paulo").toISOString()).toBe("2026-03-04T03:00:00.000Z");
    expect(startOfDay("2026-03-04", "Asia/Kathmandu").toISOString()).toBe("2026-03-03T18:15:00.000Z");
    expect(startOfDay("2026-03-04", "UTC").toISOString()).toBe("2026-03-04T00:00:00.000Z");
  });

  it("knows days of 23 and 25 hours, and those without a midnight", () => {
    const hours = (day: string, zone: string) => {
      const { start, end } = spanOf(day, day, zone);
      return (Date.parse(end) + 1 - Date.parse(start)) / 3_600_000;
    };
    expect(hours("2026-03-29", "Europe/Lisbon")).toBe(23);
    expect(hours("2026-10-25", "Europe/Lisbon")).toBe(25);
    // The clocks of São Paulo went from 23:59:59 to 01:00:00 that night, and a season later back over midnight.
    expect(startOfDay("2018-11-04", "America/Sao_Paulo").toISOString()).toBe("2018-11-04T03:00:00.000Z");
    expect(hours("2018-11-04", "America/Sao_Paulo")).toBe(23);
    expect(hours("2019-02-16", "America/Sao_Paulo")).toBe(25);
  });

  it("says which day an instant is", () => {
    expect(dayIn("America/Sao_Paulo", "2026-03-04T02:59:59.999Z")).toBe("2026-03-03");
    expect(dayIn("America/Sao_Paulo", "2026-03-04T03:00:00.000Z")).toBe("2026-03-04");
    expect(spanOf("2026-02-27", "2026-03-01", "America/Sao_Paulo")).toEqual({
      start: "2026-02-27T03:00:00.000Z",
      end: "2026-03-02T02:59:59.999Z",
    });
  });
});

describe("the filters of a report", () => {
  it("are the same in the address and read back from it", () => {
    for (const query of [
      "period=30d",
      "from=2026-03-01&to=2026-03-05&channelId=c&agentId=a",
      "period=7d&teamId=t",
    ]) {
      expect(new URLSearchParams(queryOf(readFilters(query))).toString()).toBe(query);
    }
  });

  it("are the last week where the address makes no sense", () => {
    for (const query of ["", "period=2w", "from=2026-03-01"]) expect(readFilters(query).period).toBe("7d");
  });

  it("begin one's own dates where the period was", () => {
    expect(datesOf("7d", "2026-03-04")).toEqual({ from: "2026-02-26", to: "2026-03-04" });
  });

  it("survive in the route beside what it was before", () => {
    expect(parseRoute("#/relatorios?period=30d")).toEqual({ name: "reports", query: "period=30d" });
    expect(parseRoute("#/painel")).toEqual({ name: "board" });
    expect(parseRoute("#/conversas/c1/contato")).toEqual({ name: "inbox", conversationId: "c1", card: true });
  });
});

describe("figures of several days", () => {
  it("add up, and their means weigh what they are the means of", () => {
    const parts = [
      figures({ begun: 4, answered: 3, secondsToAnswer: 10, closed: 2, resolved: 1, ratings: 1, rating: 5 }),
      figures({ begun: 1, answered: 1, secondsToAnswer: 50, closed: 1, resolved: 1, ratings: 3, rating: 1 }),
      none,
    ];
    expect(merged(parts)).toEqual({
      begun: 5,
      answered: 4,
      secondsToAnswer: 20,
      closed: 3,
      resolved: 2,
      ratings: 4,
      rating: 2,
    });
    expect(merged([none, none])).toEqual(none);
  });

  it("are told by day as long as there is room, then by week", () => {
    expect(stretchesOf(days(90))).toHaveLength(90);
    const weeks = stretchesOf(days(366, { begun: 1 }));
    expect(weeks).toHaveLength(53);
    expect(weeks[0]).toMatchObject({ first: "2026-01-01", last: "2026-01-07", figures: { begun: 7 } });
    expect(weeks.at(-1)).toMatchObject({ first: "2026-12-31", last: "2027-01-01", figures: { begun: 2 } });
  });
});

describe("an axis", () => {
  it("has few round steps and room for the highest value", () => {
    expect(scaleOf([null, 0], [1, 2, 5])).toEqual({ step: 1, top: 1 });
    expect(scaleOf([3, 17], [1, 2, 5, 10])).toEqual({ step: 5, top: 20 });
    expect(scaleOf([610], [60, 120, 300])).toEqual({ step: 300, top: 900 });
    expect(scaleOf([1_000], [1, 2])).toEqual({ step: 200, top: 1_000 });
    expect(linesOf({ step: 0.25, top: 1 })).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it("names as many points as fit", () => {
    expect(shownLabels(7, 700, 52)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(shownLabels(30, 520, 52)).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27]);
    expect(shownLabels(2, 0, 52)).toEqual([0]);
  });
});

describe("a figure", () => {
  it("leads to its conversations by what the API calls them", () => {
    const span = { createdFrom: "2026-03-01T03:00:00.000Z", assignedToId: "none" };
    const behind = { ...span, ...countedBy.closed, ...countedBy.rating, ...countedBy.resolved };
    const href = hrefBehind({ ...behind, teamId: undefined });
    const route = parseRoute(href);
    expect(route.name).toBe("behind");
    expect(readBehind(route.name === "behind" ? route.query : "")).toEqual(behind);
  });

  it("keeps what is false and what is nought in the address", () => {
    for (const behind of [{ inQueue: false }, { inQueue: true, createdHour: 0 }, { answered: true }]) {
      expect(readBehind(hrefBehind(behind).split("?")[1] ?? "")).toEqual(behind);
    }
  });

  it("of a day leads to that day of the tenant, as far as the report goes and narrowed as it is", () => {
    const report = {
      figures: {
        start: "2026-01-01T03:00:00.000Z",
        end: "2026-01-02T17:00:00.000Z",
        total: none,
        days: days(2, { begun: 1, answered: 1, secondsToAnswer: 5, resolved: 1 }),
        hours: [0, 2],
        channels: [],
        teams: [],
        agents: [],
      },
      latency: { slowSeconds: 5, directions: [], slowest: [] },
    };
    const charts = chartsOf(report, { period: "7d", agentId: "ana" }, "America/Sao_Paulo");
    const [byDay, byHour, toAnswer, resolution, rating] = charts;
    const created = (createdFrom: string, createdTo: string) => ({
      createdFrom,
      createdTo,
      assignedToId: "ana",
    });
    const first = created("2026-01-01T03:00:00.000Z", "2026-01-02T02:59:59.999Z");
    const last = created("2026-01-02T03:00:00.000Z", report.figures.end);
    expect(byDay?.points.map(({ href }) => href)).toEqual([hrefBehind(first), hrefBehind(last)]);
    expect(toAnswer?.points[1]?.href).toBe(hrefBehind({ ...last, ...countedBy.answered }));
    expect(resolution?.points[1]?.href).toBe(hrefBehind({ ...last, ...countedBy.resolved }));
    expect(rating?.points[1]?.href).toBeUndefined();
    expect(byHour?.points[0]?.href).toBeUndefined();
    expect(byHour?.points[1]?.href).toBe(
      hrefBehind({ ...created(report.figures.start, report.figures.end), createdHour: 1 }),
    );
    expect(byHour?.points.map(({ name, value }) => [name, value])).toEqual([
      ["0 h", 0],
      ["1 h", 2],
    ]);
  });
});

describe("a duration", () => {
  it("is told in the two units that say most", () => {
    const told = [0, 59.4, 59.6, 200, 3_600, 3_900, 180_000].map(durationText);
    expect(told).toEqual(["0 s", "59 s", "1 min", "3 min 20 s", "1 h", "1 h 5 min", "2 d 2 h"]);
  });
});
