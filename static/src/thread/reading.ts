import { api } from "../api";
import { changeConversation, conversations } from "../inbox/conversations";
import { tell } from "../live/live";
import { may } from "../session";
import type { Id } from "../wire";
import type { Row } from "./rows";
import { rowsOf } from "./threads";

/** The newest inbound messages that the unread count speaks of. */
export function unreadIds(rows: readonly Row[], unreadCount: number): Id[] {
  if (unreadCount <= 0) return [];
  const inbound = rows.filter((row) => row.direction === "INBOUND");
  return inbound.slice(-unreadCount).map((row) => row.id);
}

/** Marks what the agent has on the screen as read. Does nothing while the window is not looked at. */
export function markOpenAsRead(conversationId: Id): void {
  const unreadCount = conversations.value.get(conversationId)?.unreadCount ?? 0;
  const messageIds = unreadIds(rowsOf(conversationId), unreadCount);
  if (!may("conversations.work") || !document.hasFocus() || messageIds.length === 0) return;
  changeConversation(conversationId, { unreadCount: 0 });
  const told = messageIds.length === unreadCount && tell("messages:mark-read", { messageIds });
  if (!told) void api.markRead(conversationId).catch(() => undefined);
}
