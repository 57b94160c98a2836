import { w } from "../words";
import type { Filters } from "./filters";
import { countText, exactSeconds } from "./numbers";
import { Scroll } from "./Scroll";
import { SlowMessages } from "./SlowMessages";
import type { Latency, LatencyReport } from "./wire";

function Percentiles({ rows, slowSeconds }: { rows: readonly Latency[]; slowSeconds: number }) {
  const says = w.supervisor.reports.latency;
  const columns = [says.messages, says.median, says.p95, says.p99, says.slowest, says.slow(slowSeconds)];
  return (
    <table class="table">
      <caption class="visually-hidden">{says.title}</caption>
      <thead>
        <tr>
          <th scope="col">{says.direction}</th>
          {columns.map((column) => (
            <th key={column} scope="col" class="number">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.direction}>
            <th scope="row">{says.directions[row.direction]}</th>
            <td class="number">{countText(row.messages)}</td>
            {[row.p50, row.p95, row.p99, row.slowest].map((seconds, place) => (
              <td key={columns[place + 1]} class="number">
                {exactSeconds(seconds)}
              </td>
            ))}
            <td class={row.slow ? "number late" : "number"}>{countText(row.slow)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Props {
  latency: LatencyReport;
  filters: Filters;
  zone: string;
}

/** How long messages take on their way through the house. */
export function Latencies({ latency, filters, zone }: Props) {
  const says = w.supervisor.reports.latency;
  const isOfAll = filters.teamId || filters.agentId;
  return (
    <section class="panel">
      <h2>{says.title}</h2>
      <p class="panel-lead">
        {says.lead} {isOfAll && <strong>{says.notNarrowed}</strong>}
      </p>
      <Scroll className="table-scroll" label={says.title}>
        <Percentiles rows={latency.directions} slowSeconds={latency.slowSeconds} />
      </Scroll>
      <SlowMessages latency={latency} zone={zone} />
    </section>
  );
}
