import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { between } from "../src/admin/audit/reading";
import { keepSession } from "../src/session";
import { loadTenant } from "../src/tenant";
import { clockTime, dateAndTime, dayKey, dayName, daysAgo, now, rowTime, timeZone } from "../src/time";
import { session } from "./session";

const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;

async function standIn(zone: string): Promise<void> {
  vi.stubGlobal("fetch", async () => Response.json({ id: "h", timeZone: zone }));
  keepSession(session());
  await loadTenant();
}

afterEach(() => {
  keepSession(null);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the console's clock", () => {
  it("is this device's until the house's is known, and for a zone that the browser does not know", async () => {
    expect(timeZone.value).toBe(here);
    await standIn("Mars/Olympus");
    expect(timeZone.value).toBe(here);
  });

  it("is the house's, far from this device", async () => {
    await standIn("Pacific/Kiritimati");
    expect(timeZone.value).not.toBe(here);
    expect(clockTime("2026-03-04T11:30:00.000Z")).toBe("01:30");
    expect(dayKey("2026-03-04T11:30:00.000Z")).toBe("2026-03-05");
    await standIn("America/Sao_Paulo");
    expect(dateAndTime("2026-03-04T01:30:00.000Z")).toBe("03/03/2026, 22:30");
  });

  it("takes the days of a filter from its midnights", async () => {
    await standIn("Asia/Tokyo");
    expect(between("2026-11-20", "2026-11-20")).toEqual({
      from: "2026-11-19T15:00:00.000Z",
      to: "2026-11-20T15:00:00.000Z",
    });
  });
});

describe("today and yesterday", () => {
  const at = (instant: string) => {
    now.value = Date.parse(instant);
  };

  beforeEach(() => standIn("America/New_York"));

  it("change at the house's midnight", () => {
    at("2026-07-10T04:30:00.000Z");
    expect(dayName("2026-07-10T04:00:00.000Z")).toBe("hoje");
    expect(dayName("2026-07-10T03:59:59.999Z")).toBe("ontem");
    expect(rowTime("2026-07-10T03:59:59.999Z")).toBe("ontem");
  });

  it("count calendar days where the clock goes forward and back", () => {
    // 8 March 2026 has 23 hours in New York, 1 November 2026 has 25.
    const forward = Date.parse("2026-03-09T04:10:00.000Z");
    expect(daysAgo("2026-03-08T04:59:00.000Z", forward)).toBe(2);
    expect(daysAgo("2026-03-08T05:00:00.000Z", forward)).toBe(1);
    const back = Date.parse("2026-11-02T05:10:00.000Z");
    expect(daysAgo("2026-11-01T04:00:00.000Z", back)).toBe(1);
    expect(daysAgo("2026-11-01T03:59:00.000Z", back)).toBe(2);
    expect([clockTime("2026-11-01T05:30:00.000Z"), clockTime("2026-11-01T06:30:00.000Z")]).toEqual([
      "01:30",
      "01:30",
    ]);
  });
});
