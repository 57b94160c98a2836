import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gathered } from "../src/live/gathering";

let handed: number[][] = [];
const take = () => gathered<number>((all) => handed.push([...all]));

beforeEach(() => {
  handed = [];
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("what comes live", () => {
  it("is handed on at once where nothing else has just come", () => {
    const one = take();
    one(1);
    expect(handed).toEqual([[1]]);
    vi.advanceTimersByTime(100);
    one(2);
    expect(handed).toEqual([[1], [2]]);
  });

  it("is handed on together, in its order, where it comes faster than it could be drawn", () => {
    const one = take();
    for (const number of [1, 2, 3, 4]) one(number);
    expect(handed).toEqual([[1]]);
    vi.advanceTimersByTime(20);
    expect(handed).toEqual([[1], [2, 3, 4]]);
    one(5);
    expect(handed).toHaveLength(2);
    vi.advanceTimersByTime(20);
    expect(handed.flat()).toEqual([1, 2, 3, 4, 5]);
  });

  it("waits for no timer in a hidden window", () => {
    const one = take();
    one(1);
    one(2);
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    one(3);
    expect(handed).toEqual([[1], [2, 3]]);
  });
});
