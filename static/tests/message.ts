import type { Row } from "../src/thread/rows";

/** A message as the server says it, with what a test cares about in its place. */
export function message(change: Partial<Row> & { id: string }): Row {
  return {
    number: 1,
    conversationId: "c",
    contactId: "k",
    whatsappMessageId: null,
    clientMessageId: null,
    seq: 0,
    direction: "INBOUND",
    type: "TEXT",
    content: "Olá",
    metadata: null,
    media: null,
    status: "DELIVERED",
    deliveryState: null,
    unconfirmed: false,
    error: null,
    sentById: null,
    sentByName: null,
    sentByKind: null,
    automatic: null,
    replyToId: null,
    reactions: [],
    readAt: null,
    editedAt: null,
    deletedAt: null,
    timestamp: "2026-03-10T12:00:00.000Z",
    createdAt: "2026-03-10T12:00:00.000Z",
    ...change,
  };
}
