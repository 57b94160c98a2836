import { describe, expect, it } from "vitest";
import { type Known, knowing } from "../src/inbox/conversations";
import { LayeredMap } from "../src/inbox/layeredMap";
import { newestFirst, ordered } from "../src/inbox/order";
import type { Conversation, Id } from "../src/wire";
import { conversation } from "./conversation";

/** The same sequence in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

const isOpen = (row: Conversation) => row.status !== "CLOSED";
const plainly = (known: Known) => [...known.values()].filter(isOpen).sort(newestFirst);

function randomRow(random: (below: number) => number): Conversation {
  const second = String(random(60)).padStart(2, "0");
  const lastMessageAt = `2026-03-10T12:00:${second}.000Z`;
  return conversation({ id: `c${random(500)}`, lastMessageAt, status: random(5) ? "OPEN" : "CLOSED" });
}

describe("the newest first", () => {
  it("and equal times in one order", () => {
    const at = (id: string, lastMessageAt: string) => conversation({ id, lastMessageAt });
    const rows = [
      at("a", "2026-03-10T12:00:00.000Z"),
      at("b", "2026-03-10T12:00:01.000Z"),
      at("c", "2026-03-10T12:00:00.000Z"),
    ];
    expect(rows.sort(newestFirst).map((row) => row.id)).toEqual(["b", "c", "a"]);
  });

  it.each([1, 2, 3, 4])("whatever happens, as if sorted anew each time (%i)", (seed) => {
    const [random, inOrder] = [randomFrom(seed), ordered()];
    let known = knowing([]);
    for (let turn = 0; turn < 150; turn++) {
      // Now and then very many at once.
      const count = random(40) ? random(4) : random(600);
      const rows = Array.from({ length: count }, () => randomRow(random));
      known = known.with(
        rows.map((row): [Id, Conversation | undefined] => [row.id, random(9) ? row : undefined]),
      );
      const [listed, wanted] = [inOrder(known, ["open"], isOpen), plainly(known)];
      expect(listed.length).toBe(wanted.length);
      expect(listed.findIndex((row, place) => row !== wanted[place])).toBe(-1);
    }
  });

  it("and another question is answered by all rows", () => {
    const [known, inOrder] = [
      knowing([conversation({ id: "a" }), conversation({ id: "b", unreadCount: 1 })]),
      ordered(),
    ];
    expect(inOrder(known, ["open"], isOpen).map((row) => row.id)).toEqual(["b", "a"]);
    expect(inOrder(known, ["unread"], (row) => row.unreadCount > 0).map((row) => row.id)).toEqual(["b"]);
  });

  it("is the very same list while nothing in it changes", () => {
    const inOrder = ordered();
    const known = knowing([conversation({ id: "a" })]);
    const rows = inOrder(known, ["open"], isOpen);
    const closed = conversation({ id: "b", status: "CLOSED" });
    expect(inOrder(known.with([["b", closed]]), ["open"], isOpen)).toBe(rows);
    expect(inOrder(known.with([["a", closed]]), ["open"], isOpen)).not.toBe(rows);
  });
});

describe("a map in layers", () => {
  it("is changed by making another", () => {
    const before = LayeredMap.of([
      ["a", 1],
      ["b", 2],
    ]);
    const after = before.with([
      ["b", 3],
      ["c", 4],
      ["a", undefined],
    ]);
    expect([[...before.keys()], [...before.values()]]).toEqual([
      ["a", "b"],
      [1, 2],
    ]);
    expect([[...after.keys()], [...after.values()]]).toEqual([
      ["b", "c"],
      [3, 4],
    ]);
    expect([after.get("a"), after.has("a"), after.has("c")]).toEqual([undefined, false, true]);
  });

  it.each([5, 6])("holds what a plain map would, and tells what differs (%i)", (seed) => {
    const random = randomFrom(seed);
    const plain = new Map<number, number>();
    let [layered, before] = [LayeredMap.of<number, number>(), LayeredMap.of<number, number>()];
    let plainBefore = new Map(plain);
    for (let turn = 0; turn < 1_500; turn++) {
      const [key, value] = [random(900), random(4) || undefined];
      layered = layered.with([[key, value]]);
      if (value === undefined) plain.delete(key);
      else plain.set(key, value);
      if (random(20)) continue;
      expect(new Map([...layered.keys()].map((one) => [one, layered.get(one)]))).toEqual(plain);
      const differing = [...new Set([...plain.keys(), ...plainBefore.keys()])].filter(
        (one) => plain.get(one) !== plainBefore.get(one),
      );
      expect(new Set(layered.differing(before))).toEqual(new Set(differing));
      [before, plainBefore] = [layered, new Map(plain)];
    }
  });
});
