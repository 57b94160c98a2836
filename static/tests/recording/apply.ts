// Stands in for src/live/apply.ts: it writes down what the console applies, and applies it.
import { applyEvent as apply, loadSnapshot as load } from "../../src/live/apply";
import type { FeedEvent } from "../../src/live/feed";

type Entry = { heardAt: number; snapshot: number } | ({ heardAt: number } & FeedEvent);

export const log: Entry[] = [];

export function applyEvent(event: FeedEvent): void {
  log.push({ ...event, heardAt: Date.now() });
  apply(event);
}

export async function loadSnapshot(): Promise<number> {
  const snapshot = await load();
  log.push({ heardAt: Date.now(), snapshot });
  return snapshot;
}
