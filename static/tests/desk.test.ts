import { beforeEach, describe, expect, it, vi } from "vitest";
import { attributesOf, rowsOfAttributes } from "../src/contact/contacts";
import { between, choose, chooseTo, chosen, clearChoice } from "../src/inbox/choice";
import { conversations, knowing } from "../src/inbox/conversations";
import { chooseTab } from "../src/inbox/tabs";
import { eachOf } from "../src/inbox/together";
import { filtersOf, narrowingOf, tabOf, type View } from "../src/inbox/views";
import { keyOf } from "../src/keys/listen";
import { claimMessage, concernsMe } from "../src/live/alerts";
import { dismiss, notices } from "../src/notices";
import { go, href, parseRoute, route } from "../src/route";
import { keepSession } from "../src/session";
import { close, transfer } from "../src/thread/acts";
import { momentOf, momentTyped } from "../src/thread/snoozing";
import { heardViewing, viewersOf } from "../src/thread/viewers";
import { conversation } from "./conversation";
import { session } from "./session";

const BRAZIL = "America/Sao_Paulo";

function open(hash: string): void {
  go(hash);
  route.value = parseRoute(hash);
}

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("fetch", async () => new Promise<Response>(() => undefined));
  keepSession(session());
  chooseTab("all");
  clearChoice();
  const rows = ["d", "c", "b", "a"].map((id, place) =>
    conversation({ id, lastMessageAt: `2026-03-10T12:00:0${9 - place}.000Z` }),
  );
  conversations.value = knowing(rows);
  open(href.inbox);
});

describe("putting aside", () => {
  // A Friday, 23:30 in Brazil; a Saturday by the clock of the world.
  const now = Date.parse("2026-03-14T02:30:00.000Z");

  it("goes by the clock of the house", () => {
    expect(momentOf("hour", now, BRAZIL).toISOString()).toBe("2026-03-14T03:30:00.000Z");
    expect(momentOf("tomorrow", now, BRAZIL).toISOString()).toBe("2026-03-14T12:00:00.000Z");
    expect(momentOf("monday", now, BRAZIL).toISOString()).toBe("2026-03-16T12:00:00.000Z");
    expect(momentTyped("2026-03-20T14:45", BRAZIL).toISOString()).toBe("2026-03-20T17:45:00.000Z");
  });

  it("on a Monday means the next one", () => {
    const monday = Date.parse("2026-03-16T10:00:00.000Z");
    expect(momentOf("monday", monday, BRAZIL).toISOString()).toBe("2026-03-23T12:00:00.000Z");
  });
});

describe("taking in hand", () => {
  it("reaches from the one chosen last to another, upwards and downwards", () => {
    expect(between(["a", "b", "c", "d"], "b", "d")).toEqual(["b", "c", "d"]);
    expect(between(["a", "b", "c", "d"], "d", "b")).toEqual(["b", "c", "d"]);
    expect(between(["a", "b"], null, "b")).toEqual(["b"]);
  });

  it("follows the order of the list and ends with another tab", () => {
    choose("c");
    chooseTo("a");
    expect([...chosen.value].sort()).toEqual(["a", "b", "c"]);
    choose("b");
    expect(chosen.value.has("b")).toBe(false);
    chooseTab("mine");
    expect(chosen.value.size).toBe(0);
  });

  it("does what it can, four at a time, and says why not", async () => {
    const rows = Array.from({ length: 9 }, (_, place) => conversation({ id: String(place) }));
    let [atOnce, most] = [0, 0];
    const outcome = await eachOf(rows, async ({ id }) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await Promise.resolve();
      atOnce -= 1;
      if (id === "3" || id === "5") throw new (await import("../src/api")).Problem(409, { message: "Não." });
    });
    expect(most).toBe(4);
    expect(outcome.done).toHaveLength(7);
    expect(outcome.refused.map((row) => row.id).sort()).toEqual(["3", "5"]);
    expect(outcome.reasons).toEqual(["Não."]);
  });
});

describe("a saved view", () => {
  const none: View["filters"] = {
    status: null,
    priority: null,
    assignedToId: null,
    channelId: null,
    teamId: null,
    tagId: null,
    unread: null,
    search: null,
  };

  it.each(["mine", "unassigned", "all", "waiting", "closed"] as const)("brings back the tab %s", (tab) => {
    expect(tabOf({ ...none, ...filtersOf(tab, {}, "") } as View["filters"])).toBe(tab);
  });

  it("brings back what narrows, and takes off what does not", () => {
    const asked = { ...none, ...filtersOf("mine", { priority: "HIGH", unread: true }, " ana ") };
    expect(asked.search).toBe("ana");
    expect(narrowingOf(asked as View["filters"])).toEqual({ priority: "HIGH", unread: true });
    expect(Object.keys(narrowingOf(none))).toContain("assignedToId");
  });
});

describe("colleagues who look", () => {
  const maria = { conversationId: "a", userId: "maria", userName: "Maria" };

  it("are forgotten after half a minute without a word, and at once when they leave", () => {
    vi.useFakeTimers();
    heardViewing({ ...maria, isViewing: true });
    vi.advanceTimersByTime(29_000);
    heardViewing({ ...maria, isViewing: true });
    vi.advanceTimersByTime(29_000);
    expect(viewersOf("a")).toEqual([maria]);
    vi.advanceTimersByTime(1_001);
    expect(viewersOf("a")).toEqual([]);
    heardViewing({ ...maria, isViewing: true });
    heardViewing({ ...maria, isViewing: false });
    expect(viewersOf("a")).toEqual([]);
    vi.useRealTimers();
  });

  it("are not oneself in another window", () => {
    heardViewing({ conversationId: "a", userId: "me", userName: "Ana", isViewing: true });
    expect(viewersOf("a")).toEqual([]);
  });
});

describe("an alert", () => {
  it("is of what is mine or nobody's and not before my eyes", () => {
    vi.spyOn(document, "hasFocus").mockReturnValue(true);
    expect(concernsMe(conversation({ id: "a" }))).toBe(true);
    expect(concernsMe(conversation({ id: "a", assignedToId: "me" }))).toBe(true);
    expect(concernsMe(conversation({ id: "a", assignedToId: "maria" }))).toBe(false);
    open(href.conversation("a"));
    expect(concernsMe(conversation({ id: "a" }))).toBe(false);
    expect(concernsMe(conversation({ id: "b" }))).toBe(true);
  });

  it("is given by one tab only", () => {
    expect(claimMessage("m1")).toBe(true);
    expect(claimMessage("m1")).toBe(false);
    expect(claimMessage("m2")).toBe(true);
  });
});

it("a closed conversation can be taken back for a while, as it was", async () => {
  const asked: [string, unknown][] = [];
  vi.stubGlobal("fetch", async (path: string, { body }: RequestInit) => {
    asked.push([path, JSON.parse(String(body))]);
    return new Response(JSON.stringify(conversation({ id: "a", status: "CLOSED" })));
  });
  await close("a");
  const notice = notices.value.at(-1);
  notice?.act?.run();
  const reopening = [expect.stringContaining("/reopen"), { asItWas: true }];
  await vi.waitFor(() => expect(asked.at(-1)).toEqual(reopening));
  dismiss(notice?.key ?? "");
});

it("a conversation that was passed on goes back to the person and the team that had it", async () => {
  const asked: [string | undefined, unknown][] = [];
  vi.stubGlobal("fetch", async (_: string, { method, body }: RequestInit) => {
    asked.push([method, JSON.parse(String(body))]);
    return Response.json(conversation({ id: "a", assignedToId: null, teamId: "finance" }));
  });
  for (const before of [
    { assignedToId: "ana", teamId: "support" },
    { assignedToId: null, teamId: null },
  ]) {
    conversations.value = knowing([conversation({ id: "a", ...before })]);
    await transfer("a", { teamId: "finance" });
    const notice = notices.value.at(-1);
    notice?.act?.run();
    await vi.waitFor(() => expect(asked.at(-1)).toEqual(["PATCH", before]));
    dismiss(notice?.key ?? "");
  }
});

it("attributes that nobody touches stay what they are", () => {
  const rows = rowsOfAttributes({ plano: "Fibra", andares: 3, vip: true });
  const touched = rows.map((row) => (row.name === "plano" ? { ...row, value: "Rádio" } : row));
  expect(attributesOf([...touched, { key: "x", name: " ", value: "nada" }])).toEqual({
    plano: "Rádio",
    andares: 3,
    vip: true,
  });
});

it("Caps Lock changes no key, Shift does", () => {
  const key = { ctrlKey: false, metaKey: false, altKey: false };
  expect(keyOf({ ...key, key: "E", shiftKey: false })).toBe("e");
  expect(keyOf({ ...key, key: "X", shiftKey: true })).toBe("shift+x");
  expect(keyOf({ ...key, key: "?", shiftKey: true })).toBe("?");
});
