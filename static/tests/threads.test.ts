import { beforeEach, describe, expect, it } from "vitest";
import { forgetOlder, rowsOf, type Thread, threads } from "../src/thread/threads";
import { message } from "./message";

function hold(count: number, change: Partial<Thread> = {}): void {
  const rows = Array.from({ length: count }, (_, at) => message({ id: `m${at + 1}`, seq: at + 1 }));
  threads.value = new Map([["a", { state: "ready", rows, hasOlder: false, loadingOlder: false, ...change }]]);
}

beforeEach(() => {
  threads.value = new Map();
});

describe("a thread that has grown long", () => {
  it("goes back to its newest messages, and reads the others again when they are wanted", () => {
    hold(301);
    forgetOlder("a");
    expect(rowsOf("a").map((row) => row.id)).toEqual(Array.from({ length: 100 }, (_, at) => `m${at + 202}`));
    expect(threads.value.get("a")?.hasOlder).toBe(true);
  });

  it("is left alone while it is not longer than a reader scrolls, or reads older ones just now", () => {
    hold(300);
    forgetOlder("a");
    expect(rowsOf("a")).toHaveLength(300);
    hold(400, { loadingOlder: true });
    forgetOlder("a");
    expect(rowsOf("a")).toHaveLength(400);
    forgetOlder("unknown");
    expect(threads.value.has("unknown")).toBe(false);
  });
});
