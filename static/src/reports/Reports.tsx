import "../styles/reports.css";
import { useEffect } from "preact/hooks";
import { channels, people, teams } from "../lists";
import { route } from "../route";
import { EmptyState } from "../ui/EmptyState";
import { w } from "../words";
import { Charts } from "./Charts";
import { dayIn, longDay } from "./calendar";
import { ExportButton } from "./ExportButton";
import { type Filters, queryOf, readFilters } from "./filters";
import { Latencies } from "./Latencies";
import { Narrowing } from "./Narrowing";
import { PeriodPicker } from "./PeriodPicker";
import { type Report, readReport } from "./reading";
import { SliceTables } from "./SliceTables";
import { Supervised } from "./Supervised";
import { Totals } from "./Totals";
import { useAnswer } from "./useAnswer";

interface Shown {
  report: Report;
  filters: Filters;
  zone: string;
}

function Findings({ report, filters, zone }: Shown) {
  const nothing = report.figures.total.begun === 0;
  return (
    <>
      {nothing ? (
        <EmptyState icon="chat" title={w.supervisor.reports.empty} text={w.supervisor.reports.emptyText} />
      ) : (
        <>
          <Totals report={report.figures} filters={filters} />
          <Charts report={report} filters={filters} zone={zone} />
          <SliceTables report={report.figures} filters={filters} />
        </>
      )}
      <Latencies latency={report.latency} filters={filters} zone={zone} />
    </>
  );
}

function FilteredReport({ zone }: { zone: string }) {
  const here = route.value;
  const filters = readFilters(here.name === "reports" ? here.query : "");
  const ask = (signal: AbortSignal) =>
    readReport(filters, signal).then((report) => ({ report, filters, zone }));
  const { answer, problem, isLoading, again } = useAnswer(JSON.stringify(queryOf(filters)), ask);
  // What is on the screen after a failure would be about something else than the filters say.
  const shown = problem ? null : answer;
  const span = shown?.report.figures;
  return (
    <main class="page page-wide reports" aria-busy={isLoading}>
      <header class="page-head">
        <div>
          <h1>{w.supervisor.reports.title}</h1>
          <p>
            {span &&
              w.supervisor.reports.lead(longDay(dayIn(zone, span.start)), longDay(dayIn(zone, span.end)))}
            {!span && isLoading && w.loading}
          </p>
        </div>
        <ExportButton filters={filters} />
      </header>
      <section class="report-filters" aria-label={w.supervisor.reports.filters}>
        <PeriodPicker filters={filters} zone={zone} />
        <Narrowing filters={filters} />
      </section>
      {problem && (
        <p class="form-problem" role="alert">
          {problem}
          <button type="button" class="link-button" onClick={again}>
            {w.tryAgain}
          </button>
        </p>
      )}
      {shown && (
        <div class={isLoading ? "findings findings-old" : "findings"}>
          <Findings {...shown} />
        </div>
      )}
      {!shown && isLoading && <div class="findings-skeleton" role="status" aria-label={w.loading} />}
    </main>
  );
}

/** How the work has gone, by period, channel, team and agent. */
export function Reports() {
  useEffect(() => {
    for (const list of [people, teams, channels]) void list.load();
  }, []);
  return <Supervised>{(zone) => <FilteredReport zone={zone} />}</Supervised>;
}
