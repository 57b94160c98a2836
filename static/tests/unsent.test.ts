import { beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../src/api";
import { connection } from "../src/live/live";
import { keepSession } from "../src/session";
import type { Draft } from "../src/thread/draft";
import { keepUnsent } from "../src/thread/resending";
import type { Row } from "../src/thread/rows";
import { threads } from "../src/thread/threads";
import { message } from "./message";
import { session } from "./session";

const offline = new Problem(0, {});
const draft: Draft = { kind: "message", message: { type: "TEXT", content: "Olá" } };

function unsent(change: Partial<Row> = {}): Row {
  return message({
    id: "local:k1",
    clientMessageId: "k1",
    direction: "OUTBOUND",
    timestamp: new Date().toISOString(),
    local: {
      state: "unsent",
      draft,
      problem: offline,
      seen: 7,
    },
    ...change,
  });
}

function show(row: Row): void {
  const said = message({ id: "m9", seq: 9, sentById: "maria" });
  threads.value = new Map([
    ["c", { state: "ready", rows: [said, row], hasOlder: false, loadingOlder: false }],
  ]);
}

const asked: RequestInit[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
    asked.push(init);
    return new Promise<Response>(() => undefined);
  });
  keepSession(session({ permissions: ["conversations.work"] }));
  connection.value = "offline";
});

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("what could not be sent for want of a line", () => {
  it("goes once there is one, as having been written before what came meanwhile", async () => {
    show(unsent());
    const stop = keepUnsent();
    await settled();
    expect(asked).toHaveLength(0);
    connection.value = "live";
    await settled();
    expect(asked).toHaveLength(1);
    expect(JSON.parse(String(asked[0]?.body))).toMatchObject({ clientMessageId: "k1", lastSeenSeq: 7 });
    stop();
  });

  it.each([
    ["too old", unsent({ timestamp: "2026-03-10T12:00:00.000Z" })],
    ["refused by the server", unsent({ local: { state: "unsent", draft, problem: new Problem(500, {}) } })],
  ])("stays for the agent to decide where it is %s", async (_, row) => {
    show(row);
    const stop = keepUnsent();
    connection.value = "live";
    await settled();
    expect(asked).toHaveLength(0);
    stop();
  });

  it("is not left behind unasked", () => {
    show(unsent());
    const stop = keepUnsent();
    const leaving = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(leaving);
    expect(leaving.defaultPrevented).toBe(true);
    stop();
  });
});
