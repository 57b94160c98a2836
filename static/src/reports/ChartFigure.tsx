import { useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { w } from "../words";
import { Canvas } from "./Canvas";
import { ChartTable } from "./ChartTable";
import type { Chart } from "./charts";

/** A chart, or the table of the same numbers. */
export function ChartFigure({ chart }: { chart: Chart }) {
  const says = w.supervisor.reports.charts;
  const [isTable, setTable] = useState(false);
  const hasValues = chart.points.some(({ value }) => value !== null);
  const turn = isTable ? says.asChart : says.asTable;
  return (
    <figure class={`chart chart-${chart.key}`}>
      <figcaption class="chart-head">
        <h2>{chart.title}</h2>
        {hasValues && (
          <button
            type="button"
            class="icon-button"
            aria-label={`${chart.title}: ${turn.toLowerCase()}`}
            title={turn}
            onClick={() => setTable(!isTable)}
          >
            <Icon name={isTable ? "image" : "list"} size={16} />
          </button>
        )}
      </figcaption>
      {!hasValues && <p class="chart-nothing">{says.noValues}</p>}
      {hasValues && (isTable ? <ChartTable chart={chart} /> : <Canvas chart={chart} />)}
    </figure>
  );
}
