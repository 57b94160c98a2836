import { go } from "../route";
import { Field } from "../ui/Field";
import { w } from "../words";
import { dayIn } from "./calendar";
import { datesOf, type Filters, PERIODS, type Period } from "./filters";
import { hrefReport } from "./href";

interface Props {
  filters: Filters;
  zone: string;
}

function Dates({ filters, zone }: Props) {
  const today = dayIn(zone, Date.now());
  const change = (name: "from" | "to") => (event: Event) => {
    const { value } = event.currentTarget as HTMLInputElement;
    // While a date is typed, there is none.
    if (value) go(hrefReport({ ...filters, [name]: value }));
  };
  return (
    <>
      <Field label={w.supervisor.reports.from}>
        {(control) => (
          <input
            {...control}
            class="input"
            type="date"
            value={filters.from}
            max={filters.to}
            onChange={change("from")}
          />
        )}
      </Field>
      <Field label={w.supervisor.reports.to}>
        {(control) => (
          <input
            {...control}
            class="input"
            type="date"
            value={filters.to}
            min={filters.from}
            max={today}
            onChange={change("to")}
          />
        )}
      </Field>
    </>
  );
}

/** The last days until now, or two dates of the tenant's calendar. */
export function PeriodPicker({ filters, zone }: Props) {
  const choose = (period: Period) => go(hrefReport({ ...filters, period, from: undefined, to: undefined }));
  const chooseDates = () => {
    const { from, to } = datesOf(filters.period ?? "7d", dayIn(zone, Date.now()));
    if (filters.period) go(hrefReport({ ...filters, period: null, from, to }));
  };
  return (
    <>
      <fieldset class="segments">
        <legend class="visually-hidden">{w.supervisor.reports.period}</legend>
        {PERIODS.map((period) => (
          <label key={period} class="segment">
            <input
              type="radio"
              name="period"
              checked={filters.period === period}
              onChange={() => choose(period)}
            />
            {w.supervisor.reports.periods[period]}
          </label>
        ))}
        <label class="segment">
          <input type="radio" name="period" checked={filters.period === null} onChange={chooseDates} />
          {w.supervisor.reports.custom}
        </label>
      </fieldset>
      {filters.period === null && <Dates filters={filters} zone={zone} />}
    </>
  );
}
