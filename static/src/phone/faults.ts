// Every fault that has a switch, by its name in the words.
import type { Customer } from "./types";
import type { w } from "./words";

export type TroubleName = keyof typeof w.faults.of;

/** As the simulator's control API takes it. */
export interface FaultWanted {
  kind: string;
  operation?: string;
  code?: number;
  [parameter: string]: unknown;
}

type Switched = [TroubleName, ...FaultWanted[]];

export const SENDING: Switched[] = [
  ["http500", { kind: "http_500" }],
  ["http429", { kind: "http_429" }],
  ["locked", { kind: "error", code: 131031 }],
  ["template", { kind: "error", code: 132001, operation: "template" }],
  ["acceptedLate", { kind: "accepted_late", seconds: 20 }],
  ["acceptedReset", { kind: "accepted_reset" }],
  ["statusFirst", { kind: "status_first" }],
];
export const WEBHOOKS: Switched[] = [
  ["lateStatus", { kind: "late_status", seconds: 10 }],
  ["duplicate", { kind: "duplicate", times: 2 }],
  ["shuffle", { kind: "shuffle", seconds: 3 }],
  ["delay", { kind: "delay", seconds: 3 }],
  ["batch", { kind: "batch", size: 100, seconds: 2 }],
  ["dropStatus", { kind: "drop_status" }],
  ["hold", { kind: "hold" }],
];
export const FILES: Switched[] = [
  ["download", { kind: "http_500", operation: "media" }, { kind: "http_500", operation: "download" }],
  ["upload", { kind: "error", code: 131053, operation: "upload" }],
];

/** On one customer's phone. */
export const PERSONAL: [TroubleName, isOn: (person: Customer) => boolean, change: (on: boolean) => object][] =
  [
    ["phoneOff", ({ online }) => !online, (on) => ({ online: !on })],
    ["windowClosed", ({ windowOpen }) => !windowOpen, (on) => ({ windowOpen: !on })],
    ["notOnWhatsApp", ({ onWhatsApp }) => !onWhatsApp, (on) => ({ onWhatsApp: !on })],
    ["blocksBusiness", ({ blocksBusiness }) => blocksBusiness, (on) => ({ blocksBusiness: on })],
    ["noMarketing", ({ wantsMarketing }) => !wantsMarketing, (on) => ({ wantsMarketing: !on })],
  ];
