import { w } from "../words";
import type { Chart } from "./charts";
import { Scroll } from "./Scroll";

export function ChartTable({ chart }: { chart: Chart }) {
  const says = w.supervisor.reports;
  const hasDetails = chart.points.some(({ detail }) => detail);
  return (
    <Scroll className="chart-scroll" label={chart.title}>
      <table class="table">
        <caption class="visually-hidden">{chart.title}</caption>
        <thead>
          <tr>
            <th scope="col">{chart.pointName}</th>
            <th scope="col" class="number">
              {says.charts.value}
            </th>
            {hasDetails && (
              <th scope="col" class="number">
                {says.charts.detail}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {chart.points.map(({ name, value, detail, href }) => (
            <tr key={name}>
              <th scope="row">{href ? <a href={href}>{name}</a> : name}</th>
              <td class="number">{value === null ? chart.nothing : chart.text(value)}</td>
              {hasDetails && <td class="number quiet">{detail}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
