import { effect } from "@preact/signals";
import { route } from "../route";
import type { Id } from "../wire";
import { conversations } from "./conversations";
import { listed } from "./listed";

interface Neighbours {
  of: Id;
  above: Id | undefined;
  below: Id | undefined;
  /** When the conversation last stood there: with each message it goes to the top. */
  movedAt: string | undefined;
}

let kept: Neighbours | null = null;

const movedAt = (id: Id) => conversations.value.get(id)?.lastMessageAt;

// Those that stood beside the open conversation when it was opened.
effect(() => {
  const here = route.value;
  const id = here.name === "inbox" ? here.conversationId : null;
  const ids = listed.value.map((row) => row.id);
  if (id === null || id === kept?.of || !ids.includes(id)) return;
  const place = ids.indexOf(id);
  kept = { of: id, above: ids[place - 1], below: ids[place + 1], movedAt: movedAt(id) };
});

/** An answer takes a conversation to the top of the list; who works down the list goes on from where it was. */
export function beside(id: Id, by: number): Id | undefined {
  const ids = listed.value.map((row) => row.id);
  const place = ids.indexOf(id);
  if (place < 0) return undefined;
  const before = kept?.of === id && kept.movedAt !== movedAt(id) ? kept : null;
  const neighbour = by > 0 ? before?.below : before?.above;
  if (neighbour && ids.includes(neighbour)) return neighbour;
  return ids[Math.max(0, Math.min(ids.length - 1, place + by))];
}
