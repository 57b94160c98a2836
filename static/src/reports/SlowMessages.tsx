import { useState } from "preact/hooks";
import { href } from "../route";
import { w } from "../words";
import { momentText } from "./calendar";
import { exactSeconds } from "./numbers";
import type { LatencyReport } from "./wire";

const FIRST_SHOWN = 10;

/** The messages that took too long, the newest first. */
export function SlowMessages({ latency, zone }: { latency: LatencyReport; zone: string }) {
  const says = w.supervisor.reports.latency;
  const [isWhole, setWhole] = useState(false);
  const { slowSeconds, slowest } = latency;
  if (slowest.length === 0) return <p class="panel-note">{says.noneSlow(slowSeconds)}</p>;
  const shown = isWhole ? slowest : slowest.slice(0, FIRST_SHOWN);
  return (
    <>
      <h3>{says.slowTitle(slowSeconds)}</h3>
      <table class="table table-slow">
        <caption class="visually-hidden">{says.slowTitle(slowSeconds)}</caption>
        <thead>
          <tr>
            <th scope="col">{says.at}</th>
            <th scope="col">{says.direction}</th>
            <th scope="col" class="number">
              {says.took}
            </th>
            <th scope="col">{says.conversation}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((slow) => (
            <tr key={slow.messageId}>
              <td>{momentText(slow.at, zone)}</td>
              <td>{says.directions[slow.direction]}</td>
              <td class="number">{exactSeconds(slow.seconds)}</td>
              <td>
                <a href={href.conversation(slow.conversationId)}>
                  {slow.contactName ?? says.openConversation}
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < slowest.length && (
        <button type="button" class="link-button" onClick={() => setWhole(true)}>
          {says.showAll(slowest.length)}
        </button>
      )}
    </>
  );
}
