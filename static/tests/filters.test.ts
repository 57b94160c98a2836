import { beforeEach, describe, expect, it, vi } from "vitest";
import { conversations, knowing } from "../src/inbox/conversations";
import { chosenFilters, type Filters, filters, passes } from "../src/inbox/filters";
import { chooseFilters, chooseTab, tab, tabRows } from "../src/inbox/tabs";
import { go, href, parseRoute, route } from "../src/route";
import { keepSession } from "../src/session";
import { conversation } from "./conversation";
import { session } from "./session";

const vip = { id: "t1", name: "VIP", color: "#D81B60" };

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("fetch", async () => new Promise<Response>(() => undefined));
  keepSession(session());
  chooseTab("all");
  chooseFilters(Object.fromEntries(chosenFilters().map((name) => [name, undefined])));
  conversations.value = knowing([]);
});

describe("a filter", () => {
  const row = conversation({
    channelId: "n",
    teamId: "e",
    assignedToId: "me",
    tags: [vip],
    priority: "HIGH",
    unreadCount: 2,
  });

  it.each<[Filters, boolean]>([
    [{}, true],
    [{ channelId: "n" }, true],
    [{ channelId: "other" }, false],
    [{ teamId: "e" }, true],
    [{ teamId: "other" }, false],
    [{ assignedToId: "me" }, true],
    [{ assignedToId: "other" }, false],
    [{ tagId: "t1" }, true],
    [{ tagId: "t2" }, false],
    [{ priority: "HIGH" }, true],
    [{ priority: "LOW" }, false],
    [{ unread: true }, true],
    [{ channelId: "n", priority: "LOW" }, false],
  ])("lets pass what the server would: %o", (chosen, isPassing) => {
    expect(passes(row, chosen)).toBe(isPassing);
  });

  it("for the unread leaves out what is read, but not what is being read", () => {
    conversations.value = knowing(
      ["a", "b"].map((id) => conversation({ id, unreadCount: id === "a" ? 1 : 0 })),
    );
    chooseFilters({ unread: true });
    expect(tabRows.value.map((row) => row.id)).toEqual(["a"]);
    go(href.conversation("b"));
    route.value = parseRoute(location.hash);
    expect(tabRows.value.map((row) => row.id).sort()).toEqual(["a", "b"]);
  });

  it("on whose they are and a tab that says so put each other off", () => {
    chooseTab("mine");
    chooseFilters({ assignedToId: "maria", priority: "HIGH" });
    expect(tab.value).toBe("all");
    chooseTab("unassigned");
    expect(filters.value).toEqual({ priority: "HIGH" });
  });

  it("is kept for the person who chose it, until he signs out", () => {
    chooseFilters({ priority: "HIGH" });
    keepSession(session({ id: "another" }));
    expect(filters.value).toEqual({});
    keepSession(session());
    expect(filters.value).toEqual({ priority: "HIGH" });
  });
});
