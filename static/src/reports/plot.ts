import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Chart, Point } from "./charts";
import { linesOf, shownLabels } from "./scale";
import { tip } from "./tip";

const HEIGHT = 200;
const LABEL_ROOM = 52;
const FEW_POINTS = 45;

/** A colour as canvas understands it: the tokens themselves are `light-dark()` and wait to be resolved. */
function colourOf(host: HTMLElement, token: string): string {
  const probe = host.appendChild(document.createElement("i"));
  probe.style.color = `var(${token})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function seriesOf(chart: Chart, host: HTMLElement): uPlot.Series {
  const accent = colourOf(host, "--accent");
  if (chart.kind === "bars") {
    return {
      stroke: accent,
      fill: accent,
      width: 0,
      points: { show: false },
      paths: uPlot.paths.bars?.({ size: [0.72, 44], radius: 0.12 }),
    };
  }
  const size = chart.points.length > FEW_POINTS ? 4 : 7;
  return { stroke: accent, width: 2, points: { show: true, size, fill: accent, stroke: accent, width: 0 } };
}

function axesOf(chart: Chart, host: HTMLElement): uPlot.Axis[] {
  const font = `12px ${getComputedStyle(host).fontFamily}`;
  const shared = { stroke: colourOf(host, "--ink-3"), font, ticks: { show: false } };
  const grid = { stroke: colourOf(host, "--line"), width: 1 };
  const widest = Math.max(...linesOf(chart.scale).map((line) => chart.axisText(line).length));
  return [
    {
      ...shared,
      size: 32,
      gap: 9,
      grid: { show: false },
      splits: (self) => shownLabels(chart.points.length, self.width, LABEL_ROOM),
      values: (_, places) => places.map((place) => chart.points[place]?.label ?? ""),
    },
    {
      ...shared,
      size: 18 + widest * 6.6,
      grid,
      splits: () => linesOf(chart.scale),
      values: (_, lines) => lines.map(chart.axisText),
    },
  ];
}

/** Draws the chart into `host`; the answer takes it away. `onChoose`: the point that was clicked. */
export function plot(host: HTMLElement, chart: Chart, onChoose: (point: Point) => void): () => void {
  const places = chart.points.map((_, place) => place);
  const options: uPlot.Options = {
    width: host.clientWidth,
    height: HEIGHT,
    padding: [10, 8, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      x: chart.kind === "line",
      drag: { x: false, y: false },
      points: { show: chart.kind === "line" },
    },
    scales: {
      x: { time: false, range: [-0.5, chart.points.length - 0.5] },
      y: { range: [0, chart.scale.top] },
    },
    series: [{}, seriesOf(chart, host)],
    axes: axesOf(chart, host),
    plugins: [tip(chart)],
  };
  const drawn = new uPlot(options, [places, chart.points.map(({ value }) => value)], host);
  const choose = () => {
    const point = chart.points[drawn.cursor.idx ?? -1];
    if (point?.href) onChoose(point);
  };
  drawn.over.addEventListener("click", choose);
  const resizing = new ResizeObserver(() => drawn.setSize({ width: host.clientWidth, height: HEIGHT }));
  resizing.observe(host);
  return () => {
    resizing.disconnect();
    drawn.destroy();
  };
}
