import { useEffect } from "preact/hooks";
import { fetchConversation } from "../inbox/conversations";
import { people, teams } from "../lists";
import { dateAndTime, duration } from "../time";
import type { Conversation } from "../wire";
import { w } from "../words";
import { type Step, stepsOf } from "./history";

const nameIn = (rows: readonly { id: string; name: string }[], id: string) =>
  rows.find((row) => row.id === id)?.name;

function destination({ toUserId, toTeamId }: Step): string {
  if (toUserId) return nameIn(people.rows.value, toUserId) ?? w.history.formerColleague;
  if (toTeamId) return w.thread.team(nameIn(teams.rows.value, toTeamId) ?? w.history.formerTeam);
  return w.inbox.unassigned;
}

function circumstances({ by, toUserId, reason, waitedSeconds }: Step): string {
  const giver = by && by !== toUserId ? nameIn(people.rows.value, by) : undefined;
  const waited = waitedSeconds && waitedSeconds >= 1 && w.history.waited(duration(waitedSeconds));
  return [w.history.reasons[reason], giver && w.history.by(giver), waited].filter(Boolean).join(" · ");
}

/** Through whose hands a conversation has gone, and why. */
export function History({ conversation }: { conversation: Conversation }) {
  const { id, assignedToId, teamId } = conversation;
  useEffect(() => {
    void people.load();
    void teams.load();
  }, []);
  // No event tells the reasons: they are read again when it has changed hands.
  useEffect(() => void fetchConversation(id).catch(() => undefined), [id, assignedToId, teamId]);
  const steps = stepsOf(conversation);
  if (steps.length === 0) return null;
  return (
    <>
      <h3>{w.history.title}</h3>
      <ol class="history">
        {steps.map((step) => (
          <li key={`${step.at} ${step.reason}`}>
            <strong>{destination(step)}</strong>
            <span>{circumstances(step)}</span>
            {step.said && <q>{step.said}</q>}
            <time dateTime={step.at}>{dateAndTime(step.at)}</time>
          </li>
        ))}
      </ol>
    </>
  );
}
