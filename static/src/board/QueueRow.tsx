import { nameOf } from "../contact/name";
import { teams } from "../lists";
import { previewOf } from "../message/preview";
import { momentText } from "../reports/calendar";
import { durationText } from "../reports/duration";
import { href } from "../route";
import { tenant } from "../tenant";
import { claim } from "../thread/acts";
import { PriorityMark } from "../ui/PriorityMark";
import { w } from "../words";
import { AssignMenu } from "./AssignMenu";
import type { Waiting } from "./board";
import { latenessOf } from "./lateness";
import { second } from "./second";

function Waited({ since }: { since: number }) {
  const seconds = (second.value - since) / 1_000;
  const zone = tenant.value?.timeZone ?? "UTC";
  const start = new Date(since).toISOString();
  return (
    <time
      class={`waited ${latenessOf(seconds)}`}
      dateTime={start}
      title={w.supervisor.board.since(momentText(start, zone))}
    >
      {durationText(seconds)}
    </time>
  );
}

export function QueueRow({ place }: { place: Waiting }) {
  const { conversation, position, since, estimatedWaitSeconds: estimate } = place;
  const says = w.supervisor.board;
  const name = nameOf(conversation.contact);
  const team = teams.rows.value.find(({ id }) => id === conversation.teamId);
  return (
    <tr>
      <td class="number quiet queue-place">{position}</td>
      <th scope="row" class="queue-customer">
        <span class="queue-name">
          <a href={href.conversation(conversation.id)}>{name}</a>
          <PriorityMark priority={conversation.priority} />
        </span>
        <span class="queue-preview">{conversation.lastMessage && previewOf(conversation.lastMessage)}</span>
      </th>
      <td class="queue-waited">
        <Waited since={since} />
      </td>
      <td class="queue-estimate quiet">
        {estimate === null ? w.supervisor.nothing : says.estimateOf(durationText(estimate))}
      </td>
      <td class={team ? "queue-team" : "queue-team queue-teamless"} title={team?.name}>
        {team?.name ?? <span class="quiet">{w.supervisor.nothing}</span>}
      </td>
      <td class="queue-acts">
        <div>
          <button
            type="button"
            class="button"
            aria-label={says.claimOf(name)}
            onClick={() => void claim(conversation.id)}
          >
            {says.claim}
          </button>
          <AssignMenu conversation={conversation} name={name} />
        </div>
      </td>
    </tr>
  );
}
