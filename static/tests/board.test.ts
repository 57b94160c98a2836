import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inOrder } from "../src/board/agents";
import { matters } from "../src/board/board";
import { latenessOf } from "../src/board/lateness";
import { paced } from "../src/board/paced";
import type { Agent, Standing } from "../src/board/wire";
import { conversation } from "./conversation";
import { message } from "./message";

it("the board's agents stand in the order in which they can take a conversation", () => {
  const agent = (id: string, standing: Standing): Agent => ({
    id,
    name: id,
    standing,
    load: 0,
    capacity: 2,
    secondsToAnswer: null,
  });
  const agents = [
    agent("away", "AWAY"),
    agent("busy", "BUSY"),
    agent("gone", "OFFLINE"),
    agent("zoe", "AVAILABLE"),
    agent("ana", "AVAILABLE"),
  ];
  expect(inOrder(agents).map(({ id }) => id)).toEqual(["ana", "zoe", "busy", "away", "gone"]);
});

describe("the board reads again", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("at once, and then no sooner than the pause, however much happens", async () => {
    const work = vi.fn(async () => undefined);
    const reading = paced(work, 2_000);
    reading.ask();
    await vi.advanceTimersByTimeAsync(0);
    expect(work).toHaveBeenCalledTimes(1);
    for (let times = 0; times < 10; times++) reading.ask();
    await vi.advanceTimersByTimeAsync(1_999);
    expect(work).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(work).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it("once more after a slow answer, for what happened meanwhile, and never twice at once", async () => {
    let running = 0;
    const work = vi.fn(async () => {
      expect(++running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      running--;
    });
    const reading = paced(work, 2_000);
    reading.ask();
    await vi.advanceTimersByTimeAsync(3_000);
    reading.ask();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it("never after it was stopped", async () => {
    const work = vi.fn(async () => undefined);
    const reading = paced(work, 2_000);
    reading.ask();
    reading.stop();
    reading.ask();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(work).not.toHaveBeenCalled();
  });

  it("when something it shows has changed", () => {
    const place = { conversationId: "a" };
    const shown = conversation({ id: "a" });
    expect(matters(["conversation:new", { conversation: shown }])).toBe(true);
    expect(matters(["presence:changed", { userId: "ana", presence: "AWAY" }])).toBe(true);
    expect(matters(["conversation:updated", { ...place, updates: { assignedToId: "ana" } }])).toBe(true);
    expect(matters(["conversation:updated", { ...place, ...shown }])).toBe(false);
    expect(matters(["message:updated", { ...place, message: message({ id: "m" }) }])).toBe(false);
  });
});

it("a wait is slow from five minutes, late from fifteen", () => {
  expect([0, 299, 300, 899, 900].map(latenessOf)).toEqual(["", "", "slow", "slow", "late"]);
});
