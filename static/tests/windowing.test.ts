import { describe, expect, it } from "vitest";
import { drawn, movedBy, revealing } from "../src/inbox/windowing";

describe("what is drawn of a long list", () => {
  it("is what is seen and a little around it", () => {
    expect(drawn(0, 10, 10_000)).toEqual({ from: 0, to: 18 });
    expect(drawn(5_000, 10, 10_000)).toEqual({ from: 4_992, to: 5_018 });
    expect(drawn(9_990, 10, 10_000)).toEqual({ from: 9_982, to: 10_000 });
  });

  it("is all of a short one, and the end of one that has become shorter", () => {
    expect(drawn(0, 10, 3)).toEqual({ from: 0, to: 3 });
    expect(drawn(500, 10, 40)).toEqual({ from: 22, to: 40 });
    expect(drawn(0, 10, 0)).toEqual({ from: 0, to: 0 });
  });
});

describe("what is seen stays in its place", () => {
  const rowsOf = (ids: string) => [...ids].map((id) => ({ id }));
  const rows = rowsOf("abcdefg");
  const seen = { from: 2, to: 5 };

  it("when rows come above it", () => {
    expect(movedBy(rows, rowsOf("xyabcdefg"), seen)).toBe(2);
  });

  it("when rows above it go", () => {
    expect(movedBy(rows, rowsOf("bcdefg"), seen)).toBe(-1);
  });

  it("when one from below it, or one of it, goes to the top", () => {
    expect(movedBy(rows, rowsOf("gabcdef"), seen)).toBe(1);
    expect(movedBy(rows, rowsOf("eabcdfg"), seen)).toBe(1);
  });

  it("when rows come below it, or nothing of it is left", () => {
    expect(movedBy(rows, rowsOf("abcdefgh"), seen)).toBe(0);
    expect(movedBy(rows, rowsOf("ab"), seen)).toBe(0);
  });
});

it("a row is brought into sight by the shortest way", () => {
  expect(revealing(3, 0, 500, 84)).toBe(0);
  expect(revealing(3, 300, 500, 84)).toBe(252);
  expect(revealing(9, 0, 500, 84)).toBe(340);
});
