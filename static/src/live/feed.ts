// The durable feed (protocol.md, "a client never misses a message") as a pure machine:
// it says what to apply and what to ask; live.ts does the talking.

import type { DurableEvents, Entry } from "../api/schema";

/** One of the server's own words, with what it says. */
export type Frame = {
  [Name in keyof DurableEvents]: readonly [name: Name, payload: DurableEvents[Name]];
}[keyof DurableEvents];

/** `skip`: an event this user may not see. It only moves the cursor. */
export type FeedEvent = Omit<Entry, "frames"> & { frames?: readonly Frame[] };

export type SyncAnswer =
  | { events: readonly FeedEvent[]; through: number; more: boolean }
  | { reset: true; through?: number };

export interface Feed {
  /** The last event applied; null until a snapshot has told where the store stands. */
  cursor: number | null;
  /** The highest event the server is known to have. */
  head: number;
  asked: "nothing" | "sync" | "snapshot";
}

export type Heard =
  | { type: "connected" }
  | { type: "lost" }
  | { type: "tail"; seq: number }
  | { type: "event"; event: FeedEvent }
  | { type: "synced"; answer: SyncAnswer }
  | { type: "snapshot"; seq: number };

export type Ask = { snapshot: true } | { sync: number };

export interface Step {
  feed: Feed;
  apply: readonly FeedEvent[];
  ask?: Ask;
}

export const emptyFeed: Feed = { cursor: null, head: 0, asked: "nothing" };

export function step(feed: Feed, heard: Heard): Step {
  switch (heard.type) {
    case "connected":
      return feed.cursor === null ? askSnapshot(feed) : askSync(feed, feed.cursor);
    case "lost":
      return { feed: { ...feed, asked: "nothing" }, apply: [] };
    case "tail":
      return catchUp({ ...feed, head: Math.max(feed.head, heard.seq) }, []);
    case "event":
      return hearEvent(feed, heard.event);
    case "synced":
      return hearSync(feed, heard.answer);
    case "snapshot":
      return askSync({ ...feed, head: Math.max(feed.head, heard.seq) }, heard.seq);
  }
}

function hearEvent(feed: Feed, event: FeedEvent): Step {
  const head = Math.max(feed.head, event.seq);
  if (feed.cursor !== null && event.seq === feed.cursor + 1) {
    return { feed: { ...feed, head, cursor: event.seq }, apply: visible([event]) };
  }
  return catchUp({ ...feed, head }, []);
}

function hearSync(feed: Feed, answer: SyncAnswer): Step {
  if ("reset" in answer) return askSnapshot({ ...feed, cursor: null });
  if (feed.cursor === null) return { feed, apply: [] };
  const cursor = feed.cursor;
  const fresh = answer.events.filter((event) => event.seq > cursor);
  const reached = fresh.reduce((last, event) => Math.max(last, event.seq), Math.max(cursor, answer.through));
  const next: Feed = { cursor: reached, head: Math.max(feed.head, reached), asked: "nothing" };
  // Without progress the server has nothing more for us yet: asking at once would spin; the next tail asks.
  if (reached === cursor) return { feed: next, apply: [] };
  return answer.more ? { ...askSync(next, reached), apply: visible(fresh) } : catchUp(next, visible(fresh));
}

function catchUp(feed: Feed, apply: readonly FeedEvent[]): Step {
  const behind = feed.cursor !== null && feed.head > feed.cursor;
  if (!behind || feed.asked !== "nothing") return { feed, apply };
  return { ...askSync(feed, feed.cursor as number), apply };
}

const visible = (events: readonly FeedEvent[]) => events.filter((event) => !event.skip);

const askSnapshot = (feed: Feed): Step => ({
  feed: { ...feed, asked: "snapshot" },
  apply: [],
  ask: { snapshot: true },
});

const askSync = (feed: Feed, after: number): Step => ({
  feed: { ...feed, cursor: after, asked: "sync" },
  apply: [],
  ask: { sync: after },
});
