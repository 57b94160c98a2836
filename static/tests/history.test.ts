import { expect, it } from "vitest";
import { stepsOf } from "../src/contact/history";
import { byReadiness, heardPresence } from "../src/presence/presence";
import { summaryOf } from "../src/thread/AssistantLine";
import type { Assignment, Person, Transfer } from "../src/wire";
import { message } from "./message";

const at = (second: number, milliseconds = 0) =>
  `2026-03-10T12:00:${String(second).padStart(2, "0")}.${String(milliseconds).padStart(3, "0")}Z`;

const given = (change: Partial<Assignment>): Assignment => ({
  at: at(1),
  by: null,
  userId: "maria",
  teamId: null,
  reason: "ROUND_ROBIN",
  waitedSeconds: 90,
  ...change,
});

const passedOn = (change: Partial<Transfer>): Transfer => ({
  at: at(2, 4),
  by: "maria",
  toUserId: "ana",
  toTeamId: null,
  reason: "Ela conhece o caso",
  ...change,
});

it("tells each change of hands once, the newest first, with what was said of it", () => {
  const assignments = [given({}), given({ at: at(2), by: "maria", userId: "ana", reason: "TRANSFERRED" })];
  const steps = stepsOf({ assignments, transfers: [passedOn({})] });
  expect(steps.map(({ toUserId, reason, said }) => [toUserId, reason, said])).toEqual([
    ["ana", "TRANSFERRED", "Ela conhece o caso"],
    ["maria", "ROUND_ROBIN", null],
  ]);
});

it("tells a transfer that no assignment tells", () => {
  const [step] = stepsOf({ assignments: [], transfers: [passedOn({ toUserId: null, toTeamId: "e" })] });
  expect(step).toMatchObject({ toUserId: null, toTeamId: "e", reason: "TRANSFERRED" });
});

it("puts first who is there and has least to do", () => {
  const person = (id: string, conversationsCount: number) => ({ id, name: id, conversationsCount }) as Person;
  heardPresence({ userId: "busy", presence: "ONLINE" });
  heardPresence({ userId: "free", presence: "ONLINE" });
  heardPresence({ userId: "away", presence: "AWAY" });
  const people = [person("gone", 0), person("away", 0), person("busy", 5), person("free", 1)];
  expect(people.sort(byReadiness).map(({ id }) => id)).toEqual(["free", "busy", "away", "gone"]);
});

it("finds the note that was written when people were called", () => {
  const rows = [
    message({ id: "old", type: "NOTE", timestamp: "2026-03-10T11:00:00.000Z" }),
    message({ id: "text", timestamp: at(0) }),
    message({ id: "summary", type: "NOTE", timestamp: at(0, 30) }),
  ];
  expect(summaryOf(rows, at(0))?.id).toBe("summary");
  expect(summaryOf(rows.slice(0, 2), at(0))).toBeUndefined();
});
