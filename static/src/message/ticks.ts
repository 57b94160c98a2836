import type { Row } from "../thread/rows";

export type Tick = "queued" | "accepted" | "delivered" | "read" | "failed" | "ambiguous";

/** What an agent is shown of an outbound message's way; null where there is nothing to say. */
export function tickOf(row: Row): Tick | null {
  if (row.direction !== "OUTBOUND") return null;
  if (row.local) return row.local.state === "sending" ? "queued" : "failed";
  if (row.status === "READ") return "read";
  if (row.status === "DELIVERED") return "delivered";
  if (row.status === "FAILED" || row.deliveryState === "CANCELLED") return "failed";
  if (row.deliveryState === "AMBIGUOUS") return "ambiguous";
  return isOnItsWay(row) ? "queued" : "accepted";
}

function isOnItsWay({ deliveryState, whatsappMessageId }: Row): boolean {
  if (deliveryState) return deliveryState === "QUEUED" || deliveryState === "SENDING";
  return whatsappMessageId === null;
}
