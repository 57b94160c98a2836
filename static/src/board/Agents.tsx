import { countedBy, hrefBehind } from "../reports/behind";
import { durationOrNothing } from "../reports/duration";
import { Figure } from "../reports/Figure";
import { countText } from "../reports/numbers";
import { Avatar } from "../ui/Avatar";
import { w } from "../words";
import { agents } from "./board";
import { Dot } from "./Dot";
import { OPEN, ofToday } from "./lists";
import type { Agent } from "./wire";

function Load({ agent: { id, load, capacity } }: { agent: Agent }) {
  const text = `${countText(load)}/${countText(capacity)}`;
  const words = w.supervisor.board.loadOf(load, capacity);
  return (
    <span class="load">
      <meter
        class="load-meter"
        min={0}
        max={Math.max(capacity, load)}
        value={load}
        title={words}
        aria-label={words}
      />
      {load ? <a href={hrefBehind({ ...OPEN, assignedToId: id })}>{text}</a> : <span>{text}</span>}
    </span>
  );
}

function Row({ agent, zone }: { agent: Agent; zone: string }) {
  const { id, name, standing, secondsToAnswer } = agent;
  const says = w.supervisor.board;
  const answered = durationOrNothing(secondsToAnswer);
  return (
    <tr>
      <th scope="row">
        <span class="agent">
          <Avatar name={name} small />
          <span class="agent-name">{name}</span>
          <span class={`agent-standing standing-${standing.toLowerCase()}`}>
            <Dot standing={standing} />
            <span aria-hidden="true">{says.standings[standing]}</span>
          </span>
        </span>
      </th>
      <td>
        <Load agent={agent} />
      </td>
      <td class="number" data-name={says.toAnswer}>
        <Figure
          behind={
            secondsToAnswer === null
              ? null
              : { ...ofToday(zone), ...countedBy.secondsToAnswer, assignedToId: id }
          }
          label={w.supervisor.reports.open(`${name}, ${says.toAnswer}: ${answered}`)}
        >
          {answered}
        </Figure>
      </td>
    </tr>
  );
}

/** Who answers: there or not, with how much on their hands. */
export function Agents({ zone }: { zone: string }) {
  const says = w.supervisor.board;
  return (
    <section class="panel" aria-label={w.supervisor.people}>
      <h2>{w.supervisor.people}</h2>
      {agents.value.length === 0 && <p class="panel-note">{says.noAgents}</p>}
      {agents.value.length > 0 && (
        <table class="table agents">
          <caption class="visually-hidden">{says.agentsCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{says.agent}</th>
              <th scope="col">{says.load}</th>
              <th scope="col" class="number">
                {says.toAnswer}
              </th>
            </tr>
          </thead>
          <tbody>
            {agents.value.map((agent) => (
              <Row key={agent.id} agent={agent} zone={zone} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
