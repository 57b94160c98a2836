import type { Conversation } from "../src/wire";

/** A conversation as a list's row says it, with what a test cares about in its place. */
export function conversation(change: Partial<Conversation> = {}): Conversation {
  return {
    id: "c",
    number: 1,
    tenantId: "h",
    contactId: "k",
    contact: { id: "k", phoneNumber: "5511999998888", name: "João", profilePictureUrl: null },
    channelId: "n",
    status: "OPEN",
    priority: "MEDIUM",
    assignedToId: null,
    assignedTo: null,
    teamId: null,
    tags: [],
    lastMessage: null,
    lastMessageAt: "2026-03-10T12:00:00.000Z",
    unreadCount: 0,
    windowExpiresAt: null,
    snoozedUntil: null,
    withAssistant: false,
    escalatedAt: null,
    escalationReason: null,
    closedAt: null,
    createdAt: "2026-03-10T12:00:00.000Z",
    updatedAt: "2026-03-10T12:00:00.000Z",
    ...change,
  };
}
