import type { Assignment, Conversation, Id, Instant, Transfer } from "../wire";

/** One change of hands: by whom, to whom, why. */
export interface Step {
  at: Instant;
  by: Id | null;
  toUserId: Id | null;
  toTeamId: Id | null;
  reason: Assignment["reason"];
  /** In the words of the colleague who passed it on. */
  said: string | null;
  waitedSeconds: number | null;
}

// A transfer that changes hands is written down twice in the same moment.
const TOGETHER_MS = 1_000;

const isSame = (assignment: Assignment, transfer: Transfer) =>
  assignment.by === transfer.by &&
  assignment.userId === transfer.toUserId &&
  Math.abs(Date.parse(assignment.at) - Date.parse(transfer.at)) < TOGETHER_MS;

/** The newest first. A transfer from nobody to a team's line is in the transfers alone. */
export function stepsOf({ assignments = [], transfers = [] }: Partial<Conversation>): Step[] {
  const told = assignments.map((assignment) => stepOf(assignment, transfers));
  const untold = transfers.filter((transfer) => !assignments.some((one) => isSame(one, transfer)));
  return [...told, ...untold.map(passedOn)].sort((a, b) => (a.at < b.at ? 1 : -1));
}

function stepOf(assignment: Assignment, transfers: readonly Transfer[]): Step {
  const { at, by, userId, teamId, reason, waitedSeconds } = assignment;
  const said = transfers.find((transfer) => isSame(assignment, transfer))?.reason ?? null;
  return { at, by, toUserId: userId, toTeamId: userId ? null : teamId, reason, said, waitedSeconds };
}

const passedOn = ({ at, by, toUserId, toTeamId, reason }: Transfer): Step => ({
  at,
  by,
  toUserId,
  toTeamId,
  reason: "TRANSFERRED",
  said: reason,
  waitedSeconds: null,
});
