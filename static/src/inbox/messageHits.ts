import { effect, signal } from "@preact/signals";
import { call } from "../api/call";
import type { HitOut } from "../api/schema";
import { searchText } from "./search";

export type MessageHit = HitOut;

const PAUSE_MS = 350;
const SHORTEST = 3;
const MOST = 20;

/** Messages in which what is searched was said, the newest first. */
export const messageHits = signal<readonly MessageHit[]>([]);

async function ask(query: string, signal: AbortSignal): Promise<void> {
  const { data } = await call("GET /api/messages/search", { query: { query, limit: MOST }, signal });
  if (!signal.aborted) messageHits.value = data;
}

effect(() => {
  const text = searchText.value.trim();
  const asking = new AbortController();
  messageHits.value = [];
  if (text.length < SHORTEST) return;
  // The conversations found are the answer; these are beside it, and may fail by themselves.
  const pause = setTimeout(() => void ask(text, asking.signal).catch(() => undefined), PAUSE_MS);
  return () => {
    clearTimeout(pause);
    asking.abort();
  };
});
