import { expect, it } from "vitest";
import { tickOf } from "../src/message/ticks";
import type { Row } from "../src/thread/rows";
import { message } from "./message";

const sent = (change: Partial<Row>) => message({ id: "m", direction: "OUTBOUND", status: "SENT", ...change });

it.each([
  [{ deliveryState: "QUEUED" }, "queued"],
  [{ deliveryState: "SENDING" }, "queued"],
  [{ deliveryState: "ACCEPTED" }, "accepted"],
  [{ deliveryState: "AMBIGUOUS" }, "ambiguous"],
  [{ deliveryState: "AMBIGUOUS", status: "DELIVERED" }, "delivered"],
  [{ status: "DELIVERED" }, "delivered"],
  [{ status: "READ" }, "read"],
  [{ status: "FAILED", deliveryState: "FAILED" }, "failed"],
  [{ status: "FAILED", deliveryState: "ACCEPTED" }, "failed"],
  [{ deliveryState: "CANCELLED" }, "failed"],
  [{ whatsappMessageId: null }, "queued"],
  [{ whatsappMessageId: "wamid.1" }, "accepted"],
] as [Partial<Row>, string][])("%j is shown as %s", (change, tick) => {
  expect(tickOf(sent(change))).toBe(tick);
});

it("says nothing of the customer's own messages and of notes", () => {
  expect(tickOf(message({ id: "m" }))).toBeNull();
  expect(tickOf(message({ id: "n", direction: "INTERNAL", type: "NOTE" }))).toBeNull();
});
