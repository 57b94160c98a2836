import type { ChangedPresence } from "../api/schema";
import type { Frame } from "./feed";

/** A frame of the feed, or that somebody came or went, which no feed keeps. */
export type Told = Frame | readonly [name: "presence:changed", payload: ChangedPresence];
type Listener = (told: Told) => void;

const listeners = new Set<Listener>();

/** Calls `listener` with whatever the server tells from now on, after it has been applied; the answer stops that. */
export function onHeard(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellListeners(told: Told): void {
  for (const listener of listeners) listener(told);
}
