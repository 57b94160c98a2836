import { describe, expect, it } from "vitest";
import { belongs, TABS } from "../src/inbox/tabs";
import { parseRoute } from "../src/route";
import { placeRows } from "../src/thread/grouping";
import { unreadIds } from "../src/thread/reading";
import { timeLeft } from "../src/time";
import type { Conversation } from "../src/wire";
import { conversation } from "./conversation";
import { message } from "./message";

const tabsOf = (change: Partial<Conversation>) =>
  TABS.filter((tab) => belongs(conversation(change), tab, "me"));

describe("tabs", () => {
  it("show a conversation where the server would", () => {
    expect(tabsOf({})).toEqual(["unassigned", "all"]);
    expect(tabsOf({ assignedToId: "me", status: "IN_PROGRESS" })).toEqual(["mine", "all"]);
    expect(tabsOf({ assignedToId: "other", status: "WAITING" })).toEqual(["all", "waiting"]);
    expect(tabsOf({ assignedToId: "me", status: "CLOSED" })).toEqual(["closed"]);
  });
});

describe("the thread", () => {
  it("announces each day once and each run of an author once", () => {
    const rows = [
      message({ id: "a", timestamp: "2026-03-09T12:00:00.000Z" }),
      message({ id: "b", timestamp: "2026-03-10T12:00:00.000Z" }),
      message({ id: "c", timestamp: "2026-03-10T12:01:00.000Z" }),
      message({ id: "d", timestamp: "2026-03-10T12:02:00.000Z", direction: "OUTBOUND", sentById: "me" }),
      message({ id: "e", timestamp: "2026-03-10T12:30:00.000Z", direction: "OUTBOUND", sentById: "me" }),
    ];
    const placed = placeRows(rows);
    expect(placed.map(({ day }) => day !== null)).toEqual([true, true, false, false, false]);
    expect(placed.map(({ isFirst }) => isFirst)).toEqual([true, true, false, true, true]);
  });

  it("counts as unread the newest messages of the customer", () => {
    const rows = [
      message({ id: "a" }),
      message({ id: "b", direction: "OUTBOUND" }),
      message({ id: "c" }),
      message({ id: "d" }),
    ];
    expect(unreadIds(rows, 2)).toEqual(["c", "d"]);
    expect(unreadIds(rows, 0)).toEqual([]);
    expect(unreadIds(rows, 9)).toEqual(["a", "c", "d"]);
  });
});

describe("routes", () => {
  it("are read from the hash", () => {
    expect(parseRoute("")).toEqual({ name: "inbox", conversationId: null, card: false });
    expect(parseRoute("#/conversas/c1")).toEqual({ name: "inbox", conversationId: "c1", card: false });
    expect(parseRoute("#/conversas/c1/contato")).toEqual({ name: "inbox", conversationId: "c1", card: true });
    expect(parseRoute("#/canais")).toEqual({ name: "admin", page: "canais" });
  });
});

it("says what is left of the window", () => {
  const now = Date.parse("2026-03-10T12:00:00.000Z");
  expect(timeLeft("2026-03-11T11:30:00.000Z", now)).toBe("23 h");
  expect(timeLeft("2026-03-10T12:08:00.000Z", now)).toBe("8 min");
  expect(timeLeft("2026-03-10T12:00:00.000Z", now)).toBeNull();
});
