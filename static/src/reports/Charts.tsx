import { w } from "../words";
import { ChartFigure } from "./ChartFigure";
import { chartsOf } from "./charts";
import type { Filters } from "./filters";
import type { Report } from "./reading";

export function Charts({ report, filters, zone }: { report: Report; filters: Filters; zone: string }) {
  return (
    <section class="charts" aria-label={w.supervisor.reports.charts.title}>
      {chartsOf(report, filters, zone).map((chart) => (
        <ChartFigure key={chart.key} chart={chart} />
      ))}
    </section>
  );
}
