import { describe, expect, it } from "vitest";
import { emptyFeed, type Feed, type FeedEvent, type Heard, type Step, step } from "../src/live/feed";

const event = (seq: number): FeedEvent => ({ seq, frames: [["tenant:updated", { changed: [`${seq}`] }]] });
const hidden = (seq: number): FeedEvent => ({ seq, skip: 1 });
const live = (seq: number): Heard => ({ type: "event", event: event(seq) });
const at = (cursor: number): Feed => ({ cursor, head: cursor, asked: "nothing" });
const seqs = ({ apply }: Step) => apply.map((applied) => applied.seq);

function synced(events: FeedEvent[], through: number, more = false): Heard {
  return { type: "synced", answer: { events, through, more } };
}

describe("connecting", () => {
  it("asks for a snapshot when nothing is known, then for what came after it", () => {
    const first = step(emptyFeed, { type: "connected" });
    expect(first.ask).toEqual({ snapshot: true });
    const second = step(first.feed, { type: "snapshot", seq: 41 });
    expect(second.ask).toEqual({ sync: 41 });
    expect(second.feed.cursor).toBe(41);
  });

  it("asks only for what is missing when it comes back", () => {
    expect(step(at(7), { type: "connected" }).ask).toEqual({ sync: 7 });
  });

  it("applies nothing before the snapshot, and catches up with it afterwards", () => {
    const waiting = step(emptyFeed, { type: "connected" }).feed;
    const early = step(waiting, live(43));
    expect(early.apply).toEqual([]);
    const shown = step(early.feed, { type: "snapshot", seq: 41 });
    const caughtUp = step(shown.feed, synced([event(42), event(43)], 43));
    expect(seqs(caughtUp)).toEqual([42, 43]);
    expect(caughtUp.feed).toEqual(at(43));
  });
});

describe("live events", () => {
  it("applies the next one", () => {
    const next = step(at(7), live(8));
    expect(seqs(next)).toEqual([8]);
    expect(next.feed.cursor).toBe(8);
    expect(next.ask).toBeUndefined();
  });

  it("drops what it has already applied", () => {
    expect(step(at(7), live(7))).toEqual({ feed: at(7), apply: [] });
    expect(seqs(step(at(7), live(3)))).toEqual([]);
  });

  it("asks when one is missing, once, and applies nothing out of order", () => {
    const gap = step(at(7), live(9));
    expect(gap.apply).toEqual([]);
    expect(gap.ask).toEqual({ sync: 7 });
    expect(step(gap.feed, live(10)).ask).toBeUndefined();
  });

  it("moves over an event that this user may not see", () => {
    const next = step(at(7), { type: "event", event: hidden(8) });
    expect(next.apply).toEqual([]);
    expect(next.feed.cursor).toBe(8);
  });

  it("goes on living while an answer is on its way, and drops its doubles", () => {
    const asked = step(at(7), { type: "connected" }).feed;
    const next = step(asked, live(8));
    expect(seqs(next)).toEqual([8]);
    expect(seqs(step(next.feed, synced([event(8), event(9)], 9)))).toEqual([9]);
  });
});

describe("answers to sync", () => {
  it("asks on while there is more", () => {
    const asked = step(at(0), { type: "connected" }).feed;
    const page = step(asked, synced([event(1), event(2)], 2, true));
    expect(seqs(page)).toEqual([1, 2]);
    expect(page.ask).toEqual({ sync: 2 });
  });

  it("asks again when a live event ran ahead of the answer", () => {
    const asked = step(step(at(7), { type: "connected" }).feed, live(12)).feed;
    const page = step(asked, synced([event(8)], 8));
    expect(page.ask).toEqual({ sync: 8 });
  });

  it("does not spin on an answer that brings nothing", () => {
    const asked = step(step(at(7), { type: "connected" }).feed, live(12)).feed;
    const page = step(asked, synced([], 7));
    expect(page.ask).toBeUndefined();
    expect(step(page.feed, { type: "tail", seq: 12 }).ask).toEqual({ sync: 7 });
  });

  it("moves to `through` when the last events were not for this user", () => {
    const asked = step(at(7), { type: "connected" }).feed;
    expect(step(asked, synced([event(8), hidden(9)], 9)).feed).toEqual(at(9));
  });

  it("starts over when the log no longer reaches back", () => {
    const asked = step(at(7), { type: "connected" }).feed;
    const reset = step(asked, { type: "synced", answer: { reset: true, through: 900 } });
    expect(reset.ask).toEqual({ snapshot: true });
    expect(reset.feed.cursor).toBeNull();
    expect(step(reset.feed, { type: "snapshot", seq: 900 }).ask).toEqual({ sync: 900 });
  });
});

describe("a silent loss", () => {
  it("is found by the tail", () => {
    expect(step(at(7), { type: "tail", seq: 8 }).ask).toEqual({ sync: 7 });
    expect(step(at(7), { type: "tail", seq: 7 }).ask).toBeUndefined();
  });

  it("forgets a question that died with its connection", () => {
    const asked = step(at(7), { type: "connected" }).feed;
    const lost = step(asked, { type: "lost" }).feed;
    expect(step(lost, { type: "tail", seq: 8 }).ask).toEqual({ sync: 7 });
  });
});

/** A server with a log, a client with a machine, and a network that loses, doubles and cuts. */
function storm(seed: number, count: number): { applied: number[]; visible: number[] } {
  let state = seed;
  const chance = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const log: FeedEvent[] = [];
  const applied: number[] = [];
  let feed = at(0);
  const inFlight: Heard[] = [];

  const hear = (heard: Heard) => {
    const next = step(feed, heard);
    feed = next.feed;
    applied.push(...next.apply.map((one) => one.seq));
    if (next.ask && "sync" in next.ask) {
      const { sync } = next.ask;
      const page = log.filter((one) => one.seq > sync).slice(0, 3);
      const through = page.at(-1)?.seq ?? log.length;
      inFlight.push(synced(page, through, through < log.length));
    }
  };

  for (let seq = 1; seq <= count; seq += 1) {
    log.push(chance() < 0.1 ? hidden(seq) : event(seq));
    const sent: Heard = { type: "event", event: log[seq - 1] as FeedEvent };
    if (chance() < 0.7) hear(sent);
    if (chance() < 0.2) hear(sent);
    if (chance() < 0.5 && inFlight.length > 0) hear(inFlight.shift() as Heard);
    if (chance() < 0.1) {
      inFlight.length = 0;
      hear({ type: "lost" });
      hear({ type: "connected" });
    }
  }
  while (feed.cursor !== count) {
    const answer = inFlight.shift();
    hear(answer ?? { type: "tail", seq: count });
  }
  return { applied, visible: log.filter((one) => !one.skip).map((one) => one.seq) };
}

it("applies every visible event exactly once and in order, whatever the network does", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const { applied, visible } = storm(seed, 120);
    expect(applied).toEqual(visible);
  }
});
