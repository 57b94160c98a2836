import type { Row } from "../thread/rows";
import type { Id, Message } from "../wire";

export const QUICK_REACTIONS = ["👍", "❤️", "😂", "😮", "😢", "🙏"] as const;

/** How the server names the one on the other side. */
export const CUSTOMER = "customer";

type Reactions = Message["reactions"];

/** WhatsApp shows the customer one reaction of the house, whoever of us gave it; an empty emoji takes it back. */
export function withOurReaction(reactions: Reactions, by: Id, emoji: string): Reactions {
  const theirs = reactions.filter((one) => one.by === CUSTOMER);
  return emoji ? [...theirs, { emoji, by }] : theirs;
}

export const ourReaction = (row: Row): string | undefined =>
  row.reactions.find((one) => one.by !== CUSTOMER)?.emoji;

/** WhatsApp knows only messages that it has accepted. */
export const isAtWhatsApp = (row: Row): boolean =>
  !row.local &&
  row.direction !== "INTERNAL" &&
  row.type !== "NOTE" &&
  row.type !== "REACTION" &&
  !row.deletedAt &&
  (row.direction === "INBOUND" || row.whatsappMessageId !== null || isAccepted(row));

const isAccepted = ({ deliveryState }: Row) => deliveryState === "ACCEPTED" || deliveryState === null;

/** A reaction is drawn on its message; by itself only where that is out of sight, or where it did not get there. */
export function drawn(rows: readonly Row[]): readonly Row[] {
  const ids = new Set(rows.map((row) => row.id));
  const isOnAnother = (row: Row) =>
    row.type === "REACTION" && row.replyToId !== null && ids.has(row.replyToId);
  return rows.filter((row) => !isOnAnother(row) || row.error !== null || row.unconfirmed);
}
