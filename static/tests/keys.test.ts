import { beforeEach, describe, expect, it, vi } from "vitest";
import { conversations, knowing } from "../src/inbox/conversations";
import { ACTS } from "../src/keys/acts";
import { keyOf, listenForKeys, turnKeys } from "../src/keys/listen";
import { isAbout, offersFor } from "../src/keys/offers";
import { overlay } from "../src/keys/overlay";
import { go, href, parseRoute, route } from "../src/route";
import { keepSession } from "../src/session";
import { openDialog, stopAsking } from "../src/thread/dialogs";
import type { Permission } from "../src/wire";
import { conversation } from "./conversation";
import { session } from "./session";

const WORKS: Permission[] = ["conversations.read", "conversations.work"];

function open(id: string): void {
  go(href.conversation(id));
  route.value = parseRoute(location.hash);
}

function press(key: string, on: Element = document.body, more: KeyboardEventInit = {}): boolean {
  return !on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
}

const offered = () => ACTS.filter((act) => act.isOffered()).map((act) => act.id);

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("fetch", async () => new Promise<Response>(() => undefined));
  keepSession(session({ permissions: WORKS }));
  overlay.value = null;
  stopAsking();
  conversations.value = knowing([
    conversation({ id: "a", lastMessageAt: "2026-03-10T12:00:02.000Z" }),
    conversation({ id: "b", lastMessageAt: "2026-03-10T12:00:01.000Z" }),
  ]);
  open("a");
  return listenForKeys();
});

describe("the table of keys", () => {
  it("gives each key one meaning and each act a name", () => {
    const keys = ACTS.flatMap((act) => act.key ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(ACTS.map((act) => act.id)).size).toBe(ACTS.length);
    expect(ACTS.every((act) => act.title)).toBe(true);
  });

  it("offers what fits the open conversation", () => {
    expect(offered()).toEqual(expect.arrayContaining(["claim", "close", "transfer", "note"]));
    expect(offered()).not.toContain("reopen");
    conversations.value = knowing([conversation({ id: "a", status: "CLOSED" })]);
    expect(offered()).toContain("reopen");
    expect(offered()).not.toContain("close");
  });

  it("offers nothing that a role may not do", () => {
    keepSession(session({ permissions: ["conversations.read"] }));
    expect(offered().filter((id) => ["claim", "close", "note", "away", "channels"].includes(id))).toEqual([]);
    expect(offered()).toContain("card");
  });
});

describe("a key", () => {
  it("does its act", () => {
    expect(press("t")).toBe(true);
    expect(openDialog.value).toEqual({ dialog: "transfer", conversationId: "a" });
    press("j");
    expect(location.hash).toBe(href.conversation("b"));
    press("k", document.body, { ctrlKey: true });
    expect(overlay.value).toBe("palette");
  });

  it("goes on down the list from where the answered conversation stood", () => {
    const c = conversation({ id: "c", lastMessageAt: "2026-03-10T12:00:00.000Z" });
    conversations.value = conversations.value.with([["c", c]]);
    open("b");
    const answered = conversation({ id: "b", lastMessageAt: "2026-03-10T12:00:09.000Z" });
    conversations.value = conversations.value.with([["b", answered]]);
    press("ArrowDown", document.body, { altKey: true });
    expect(location.hash).toBe(href.conversation("c"));
    press("k");
    expect(location.hash).toBe(href.conversation("a"));
  });

  it("is a letter where letters are typed", () => {
    const box = document.body.appendChild(document.createElement("textarea"));
    expect(press("t", box)).toBe(false);
    expect(openDialog.value).toBeNull();
    expect(press("k", box, { metaKey: true })).toBe(true);
    box.remove();
  });

  it("is left to the browser with a modifier, while held down, and under a dialog", () => {
    expect(keyOf({ key: "t", ctrlKey: false, metaKey: false, altKey: true })).toBeNull();
    expect(press("t", document.body, { ctrlKey: true })).toBe(false);
    expect(press("t", document.body, { repeat: true })).toBe(false);
    const dialog = document.body.appendChild(document.createElement("dialog"));
    dialog.setAttribute("open", "");
    expect(press("t")).toBe(false);
    dialog.remove();
    expect(press("t")).toBe(true);
  });

  it("does nothing alone for whoever has turned them off, except to show them", () => {
    turnKeys(false);
    expect(press("t")).toBe(false);
    expect(press("?")).toBe(true);
    turnKeys(true);
    expect(press("t")).toBe(true);
  });
});

describe("the palette", () => {
  it("finds acts and people by how their words begin, without accents", () => {
    expect(isAbout("Próxima conversa", "prox conv")).toBe(true);
    expect(isAbout("Próxima conversa", "oxima")).toBe(false);
    const known = [
      conversation({ id: "c", contact: { ...conversation().contact, name: "Íris Gonçalves" } }),
      conversation({ id: "d" }),
    ];
    expect(offersFor("goncal", known).map((offer) => offer.id)).toEqual(["c"]);
    expect(offersFor("99999", known).map((offer) => offer.id)).toEqual(["c", "d"]);
    expect(offersFor("", known).map((offer) => offer.id)).toContain("close");
  });
});
