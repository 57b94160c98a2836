import type { Row } from "../src/thread/rows";

/** A message as the server says it, with what a test cares about in its place. */
export function message(change: Partial<Row> & { id: string }): Row {
  return {
    whatsappMessageId: null,
    direction: "INBOUND",
    type: "TEXT",
    content: "Olá",
    metadata: null,
    status: "DELIVERED",
    sentById: null,
    timestamp: "2026-03-10T12:00:00.000Z",
    ...change,
  };
}
