import type { Id } from "../wire";
import { w } from "../words";
import { type Behind, wholeOf } from "./behind";
import type { Filters } from "./filters";
import { SliceTable } from "./SliceTable";
import type { FiguresReport } from "./wire";

/** The same figures three times, cut by channel, by team and by agent. */
export function SliceTables({ report, filters }: { report: FiguresReport; filters: Filters }) {
  const says = w.supervisor.reports.tables;
  const whole = wholeOf(report, filters);
  const byChannel = (id: Id | null): Behind => ({ ...whole, channelId: id ?? undefined });
  const byTeam = (id: Id | null): Behind => ({ ...whole, teamId: id ?? "none" });
  const byAgent = (id: Id | null): Behind => ({ ...whole, assignedToId: id ?? "none" });
  return (
    <>
      <SliceTable
        title={says.agents}
        noun={says.agent}
        none={says.noAgent}
        slices={report.agents}
        behind={byAgent}
      />
      <SliceTable
        title={says.teams}
        noun={says.team}
        none={says.noTeam}
        slices={report.teams}
        behind={byTeam}
      />
      <SliceTable
        title={says.channels}
        noun={says.channel}
        none={says.removed}
        slices={report.channels}
        behind={byChannel}
      />
    </>
  );
}
