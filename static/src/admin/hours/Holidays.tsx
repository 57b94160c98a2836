import { useState } from "preact/hooks";
import type { Holiday } from "../../tenant";
import { Field } from "../../ui/Field";
import { Icon } from "../../ui/Icon";
import { language, w } from "../../words";
import { Panel } from "../ui/Panel";
import { nationalHolidays } from "./national-holidays";
import { Periods } from "./Periods";
import { problemOf } from "./week";

interface Props {
  holidays: readonly Holiday[];
  onChange: (holidays: Holiday[]) => void;
}

// A holiday is a day of the calendar and no moment: read as UTC and shown as UTC it stays that day.
const dayFormat = new Intl.DateTimeFormat(language, {
  weekday: "short",
  day: "2-digit",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const byDate = (one: Holiday, other: Holiday) => one.date.localeCompare(other.date);

/** Those not yet there, in order; a date appears once. */
function withMore(holidays: readonly Holiday[], more: readonly Omit<Holiday, "periods">[]): Holiday[] {
  const known = new Set(holidays.map(({ date }) => date));
  const added = more.filter(({ date }) => !known.has(date)).map((one) => ({ ...one, periods: [] }));
  return [...holidays, ...added].sort(byDate);
}

interface RowProps {
  holiday: Holiday;
  onChange: (holiday: Holiday) => void;
  onRemove: () => void;
}

function HolidayRow({ holiday, onChange, onRemove }: RowProps) {
  const name = holiday.name || holiday.date;
  const problem = problemOf(holiday.periods);
  return (
    <li class="holiday">
      <time class="holiday-date" dateTime={holiday.date}>
        {dayFormat.format(new Date(`${holiday.date}T00:00Z`))}
      </time>
      <span class="holiday-name">{holiday.name}</span>
      <div class="weekday-periods">
        {holiday.periods.length === 0 && <span class="weekday-closed">{w.admin.hours.closed}</span>}
        <Periods
          of={name}
          periods={holiday.periods}
          onChange={(periods) => onChange({ ...holiday, periods })}
        />
        {problem && <p class="field-note field-problem">{w.admin.hours.problems[problem]}</p>}
      </div>
      <button
        type="button"
        class="icon-button"
        aria-label={w.admin.hours.removeHoliday(name)}
        onClick={onRemove}
      >
        <Icon name="cross" size={16} />
      </button>
    </li>
  );
}

function NewHoliday({ onAdd }: { onAdd: (holiday: Omit<Holiday, "periods">) => void }) {
  const [date, setDate] = useState("");
  const [name, setName] = useState("");
  const add = (event: SubmitEvent) => {
    event.preventDefault();
    onAdd({ date, name: name.trim() });
    setDate("");
    setName("");
  };
  return (
    <form class="new-holiday" onSubmit={add}>
      <Field label={w.admin.hours.date}>
        {(control) => (
          <input
            {...control}
            class="input"
            type="date"
            value={date}
            onInput={(event) => setDate(event.currentTarget.value)}
            required
          />
        )}
      </Field>
      <Field label={`${w.admin.name} (${w.optional})`}>
        {(control) => (
          <input
            {...control}
            class="input"
            maxLength={80}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        )}
      </Field>
      <button type="submit" class="button">
        {w.admin.hours.addHoliday}
      </button>
    </form>
  );
}

export function Holidays({ holidays, onChange }: Props) {
  const year = new Date().getFullYear();
  return (
    <Panel title={w.admin.hours.holidays} hint={w.admin.hours.holidaysHint}>
      <div class="presets">
        <span class="field-note">{w.admin.hours.nationalLabel}</span>
        {[year, year + 1].map((one) => (
          <button
            key={one}
            type="button"
            class="chip"
            onClick={() => onChange(withMore(holidays, nationalHolidays(one)))}
          >
            {w.admin.hours.national(one)}
          </button>
        ))}
      </div>
      <ul class="holidays">
        {holidays.map((holiday) => (
          <HolidayRow
            key={holiday.date}
            holiday={holiday}
            onChange={(next) => onChange(holidays.map((one) => (one.date === next.date ? next : one)))}
            onRemove={() => onChange(holidays.filter(({ date }) => date !== holiday.date))}
          />
        ))}
      </ul>
      <NewHoliday onAdd={(holiday) => onChange(withMore(holidays, [holiday]))} />
    </Panel>
  );
}
