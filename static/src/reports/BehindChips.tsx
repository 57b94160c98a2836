import { channels, people, teams } from "../lists";
import type { ConversationStatus, Id } from "../wire";
import { w } from "../words";
import type { Behind } from "./behind";
import { dayIn, longDay } from "./calendar";

interface Kept {
  rows: { value: readonly { id: Id; name: string }[] };
  state: { value: string };
}

/** Null while it is not known; someone who has gone has no name here. */
function nameIn(list: Kept, id: Id): string | null {
  const found = list.rows.value.find((row) => row.id === id);
  if (found) return found.name;
  return list.state.value === "ready" ? w.supervisor.behind.unknown : null;
}

interface SpanWords {
  on: (day: string) => string;
  fromTo: (from: string, to: string) => string;
}

function spanText(says: SpanWords, zone: string, start?: string, end?: string): string | null {
  if (!start || !end) return null;
  const [from, to] = [dayIn(zone, start), dayIn(zone, end)];
  return from === to ? says.on(longDay(from)) : says.fromTo(longDay(from), longDay(to));
}

function textsOf(behind: Behind, zone: string): (string | false | null | undefined)[] {
  const says = w.supervisor.behind;
  const { createdHour, inQueue, status, resolution, answered, rated, assignedToId, channelId, teamId } =
    behind;
  const agent = assignedToId && assignedToId !== "none" && nameIn(people, assignedToId);
  const channel = channelId && nameIn(channels, channelId);
  const team = teamId && teamId !== "none" && nameIn(teams, teamId);
  const statuses = status?.split(",").map((one) => w.status[one as ConversationStatus]);
  return [
    spanText(says.begun, zone, behind.createdFrom, behind.createdTo),
    createdHour !== undefined && says.atHour(createdHour),
    spanText(says.ended, zone, behind.closedFrom, behind.closedTo),
    spanText(says.ratedIn, zone, behind.ratedFrom, behind.ratedTo),
    inQueue !== undefined && (inQueue ? w.supervisor.board.inQueue : w.supervisor.board.active),
    statuses && says.status(statuses.join(", ")),
    resolution === "RESOLVED" && w.supervisor.reports.resolved,
    answered && w.supervisor.reports.answered,
    rated && says.rated,
    assignedToId === "none" ? says.nobody : agent && says.agent(agent),
    channel && says.channel(channel),
    teamId === "none" ? w.supervisor.reports.tables.noTeam : team && says.team(team),
  ];
}

/** What is listed, in words. */
export function BehindChips({ behind, zone }: { behind: Behind; zone: string }) {
  return <ul class="chips">{textsOf(behind, zone).map((text) => text && <li key={text}>{text}</li>)}</ul>;
}
