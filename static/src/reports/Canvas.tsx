import { useEffect, useRef } from "preact/hooks";
import { go } from "../route";
import { theme } from "../theme";
import { w } from "../words";
import type { Chart } from "./charts";
import { isDark } from "./dark";

/** Drawn by a library that is fetched with the first chart. */
export function Canvas({ chart }: { chart: Chart }) {
  const ref = useRef<HTMLDivElement>(null);
  const look = `${theme.value} ${isDark.value}`;
  useEffect(() => {
    let remove: (() => void) | undefined;
    let isGone = false;
    void import("./plot").then(({ plot }) => {
      if (ref.current && !isGone) remove = plot(ref.current, chart, ({ href }) => href && go(href));
    });
    return () => {
      isGone = true;
      remove?.();
    };
  }, [chart, look]);
  const hasLinks = chart.points.some(({ href }) => href);
  return (
    <div
      ref={ref}
      class={hasLinks ? "chart-canvas chart-linked" : "chart-canvas"}
      role="img"
      aria-label={w.supervisor.reports.charts.summary(chart.title, chart.points.length)}
    />
  );
}
