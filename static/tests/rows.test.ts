import { describe, expect, it } from "vitest";
import { lastSeenSeq, mergeRows, type Row } from "../src/thread/rows";
import { message } from "./message";

const draft = { kind: "message", message: { type: "TEXT", content: "Bom dia" } } as const;

function sending(clientMessageId: string, timestamp: string): Row {
  const id = `local:${clientMessageId}`;
  return message({
    id,
    clientMessageId,
    timestamp,
    direction: "OUTBOUND",
    local: { state: "sending", draft },
  });
}

const ids = (rows: Row[]) => rows.map((row) => row.id);

describe("merging", () => {
  it("keeps one row per message and takes the newer account of it", () => {
    const rows = mergeRows(
      [message({ id: "a", seq: 1, status: "SENT" })],
      [message({ id: "a", seq: 1, status: "READ" })],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.status).toBe("READ");
  });

  it("puts the echo in the place of what was being sent", () => {
    const rows = mergeRows(
      [sending("k1", "2026-03-10T12:00:01.000Z")],
      [message({ id: "b", seq: 2, clientMessageId: "k1" })],
    );
    expect(ids(rows)).toEqual(["b"]);
    expect(rows[0]?.local).toBeUndefined();
  });

  it("follows the server's order, whatever the order of arrival", () => {
    const rows = mergeRows(
      [message({ id: "c", seq: 3 })],
      [message({ id: "b", seq: 2 }), message({ id: "a", seq: 1 })],
    );
    expect(ids(rows)).toEqual(["a", "b", "c"]);
  });

  it("leaves what is being sent below, in the order it was typed", () => {
    const first = sending("k1", "2026-03-10T12:00:01.000Z");
    const second = sending("k2", "2026-03-10T12:00:02.000Z");
    const rows = mergeRows(
      [second, first],
      [message({ id: "z", seq: 9, timestamp: "2026-03-10T13:00:00.000Z" })],
    );
    expect(ids(rows)).toEqual(["z", "local:k1", "local:k2"]);
  });

  it("does not take another message's echo for its own", () => {
    const rows = mergeRows(
      [sending("k1", "2026-03-10T12:00:01.000Z")],
      [message({ id: "b", seq: 2, clientMessageId: null })],
    );
    expect(rows).toHaveLength(2);
  });
});

describe("the place up to which the agent has read", () => {
  it("is what was on the screen, and his own messages since", () => {
    const rows = [
      message({ id: "a", seq: 4 }),
      message({ id: "b", seq: 5, sentById: "me" }),
      message({ id: "c", seq: 6, sentById: "colleague" }),
    ];
    expect(lastSeenSeq(rows, 4, "me")).toBe(5);
    expect(lastSeenSeq([], 4, "me")).toBe(4);
  });
});
