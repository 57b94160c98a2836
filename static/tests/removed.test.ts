import { beforeEach, describe, expect, it } from "vitest";
import { conversations, keepRead, knowing } from "../src/inbox/conversations";
import { applyEvent } from "../src/live/apply";
import type { FeedEvent } from "../src/live/feed";
import { go, href, parseRoute, route } from "../src/route";
import { changeRows, rowsOf, threads } from "../src/thread/threads";
import type { Conversation } from "../src/wire";
import { conversation } from "./conversation";
import { message } from "./message";

const row = (id: string) => conversation({ id });

const removed = (conversationId: string): FeedEvent => ({
  seq: 8,
  kind: "conversation.removed",
  conversationId,
  frames: [["conversation:removed", { conversationId }]],
});

beforeEach(() => {
  conversations.value = knowing([row("a"), row("b")]);
  threads.value = new Map([
    ["a", { state: "ready", rows: [message({ id: "m" })], hasOlder: false, loadingOlder: false }],
  ]);
});

describe("a conversation that was taken from this user's sight", () => {
  it("leaves the list and its thread", () => {
    applyEvent(removed("a"));
    expect([...conversations.value.keys()]).toEqual(["b"]);
    expect(threads.value.has("a")).toBe(false);
  });

  it("is not brought back by an answer that was on its way", async () => {
    let answer: (rows: Conversation[]) => void = () => undefined;
    const asked = new Promise<Conversation[]>((resolve) => {
      answer = resolve;
    });
    const reading = keepRead(
      () => asked,
      (rows) => rows,
    );
    applyEvent(removed("a"));
    answer([row("a"), row("b"), row("c")]);
    await reading;
    expect([...conversations.value.keys()]).toEqual(["b", "c"]);
  });

  it("takes no more messages", () => {
    applyEvent(removed("a"));
    changeRows("a", (rows) => [...rows, message({ id: "n" })]);
    expect(rowsOf("a")).toEqual([]);
  });

  it("is left when it is the one on the screen, and only then", () => {
    go(href.conversation("b"));
    route.value = parseRoute(location.hash);
    applyEvent(removed("a"));
    expect(location.hash).toBe(href.conversation("b"));
    applyEvent(removed("b"));
    expect(location.hash).toBe(href.inbox);
  });
});
