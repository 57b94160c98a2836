import type { Problem } from "../api";
import type { Id, Message } from "../wire";
import type { Draft } from "./draft";

/** What only this browser knows of a message it is sending. */
export interface Local {
  /** `unsent`: never reached the server. `held`: someone answered meanwhile. `refused`: the server said no. */
  state: "sending" | "unsent" | "held" | "refused";
  draft: Draft;
  problem?: Problem;
  /** The highest `seq` on the screen when it was written. */
  seen?: number;
}

export type Row = Message & { local?: Local };

/** Lays messages over the rows: one row per message, the answer taking the place of what was being sent. */
export function mergeRows(rows: readonly Row[], incoming: readonly Message[]): Row[] {
  const ids = new Set(incoming.map((message) => message.id));
  const sent = new Set(incoming.flatMap((message) => message.clientMessageId ?? []));
  const isReplaced = (row: Row) =>
    ids.has(row.id) || (row.local !== undefined && sent.has(row.clientMessageId ?? ""));
  return [...rows.filter((row) => !isReplaced(row)), ...incoming].sort(inOrder);
}

/** The server's order; what is still being sent stays below it, as typed. */
export function inOrder(a: Row, b: Row): number {
  if (a.local || b.local) return Number(Boolean(a.local)) - Number(Boolean(b.local)) || byTime(a, b);
  return a.seq - b.seq;
}

const byTime = (a: Row, b: Row) => a.timestamp.localeCompare(b.timestamp);

export function changeRow(rows: readonly Row[], id: Id, change: Partial<Row>): Row[] {
  return rows.map((row) => (row.id === id ? { ...row, ...change } : row));
}

export function removeRow(rows: readonly Row[], id: Id): Row[] {
  return rows.filter((row) => row.id !== id);
}

/** The place up to which the agent has read, which the server compares before it accepts an answer. */
export function lastSeenSeq(rows: readonly Row[], seenWhenSent: number, myId: Id | undefined): number {
  const mine = rows.filter((row) => row.sentById !== null && row.sentById === myId);
  return mine.reduce((last, row) => Math.max(last, row.seq), seenWhenSent);
}

export function highestSeq(rows: readonly Row[]): number {
  return rows.reduce((last, row) => Math.max(last, row.seq), 0);
}
