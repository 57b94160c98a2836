import { effect } from "@preact/signals";
import { route } from "../route";
import type { Id } from "../wire";
import { conversations } from "./conversations";
import { listed } from "./listed";
import { placeOf } from "./windowing";

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
  if (id === null || id === kept?.of) return;
  const rows = listed.value;
  const place = placeOf(id, rows);
  if (place < 0) return;
  kept = {
    of: id,
    above: rows[place - 1]?.id,
    below: rows[place + 1]?.id,
    movedAt: rows[place]?.lastMessageAt,
  };
});

/** An answer takes a conversation to the top of the list; who works down the list goes on from where it was. */
export function beside(id: Id, by: number): Id | undefined {
  const rows = listed.value;
  const place = placeOf(id, rows);
  if (place < 0) return undefined;
  const before = kept?.of === id && kept.movedAt !== movedAt(id) ? kept : null;
  const neighbour = by > 0 ? before?.below : before?.above;
  if (neighbour && placeOf(neighbour, rows) >= 0) return neighbour;
  return rows[Math.max(0, Math.min(rows.length - 1, place + by))]?.id;
}
