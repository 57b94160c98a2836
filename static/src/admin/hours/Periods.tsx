import type { Period } from "../../tenant";
import { Icon } from "../../ui/Icon";
import { w } from "../../words";
import { nextPeriod } from "./week";

interface Props {
  /** Whose they are: "Segunda-feira", "Natal". */
  of: string;
  periods: readonly Period[];
  onChange: (periods: Period[]) => void;
}

const LIMIT = 10;

// A clock has no 24:00: the midnight that ends a day is written 00:00, as people do.
const shownEnd = (closes: string) => (closes === "24:00" ? "00:00" : closes);
const storedEnd = (closes: string) => (closes === "00:00" ? "24:00" : closes);

interface ClockProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function ClockInput({ label, value, onChange }: ClockProps) {
  const onInput = (event: InputEvent) => {
    const { value: clock } = event.currentTarget as HTMLInputElement;
    // Half of a clock time is none yet.
    if (clock) onChange(clock);
  };
  return <input class="input clock" type="time" aria-label={label} value={value} onInput={onInput} />;
}

/** The times of one day, each from and until. */
export function Periods({ of, periods, onChange }: Props) {
  const replace = (place: number, part: Partial<Period>) =>
    onChange(periods.map((period, at) => (at === place ? { ...period, ...part } : period)));
  return (
    <div class="periods">
      {periods.map((period, place) => (
        <div key={place} class="period">
          <ClockInput
            label={w.admin.hours.opens(of, place + 1)}
            value={period.opens}
            onChange={(opens) => replace(place, { opens })}
          />
          <span aria-hidden="true">–</span>
          <ClockInput
            label={w.admin.hours.closes(of, place + 1)}
            value={shownEnd(period.closes)}
            onChange={(closes) => replace(place, { closes: storedEnd(closes) })}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={w.admin.hours.removePeriod(of, place + 1)}
            onClick={() => onChange(periods.filter((_, at) => at !== place))}
          >
            <Icon name="cross" size={15} />
          </button>
        </div>
      ))}
      {periods.length < LIMIT && (
        <button
          type="button"
          class={periods.length === 0 ? "link-button" : "icon-button"}
          aria-label={periods.length === 0 ? w.admin.hours.openDay(of) : w.admin.hours.addPeriod(of)}
          onClick={() => onChange([...periods, nextPeriod(periods)])}
        >
          <Icon name="plus" size={15} />
          {periods.length === 0 && w.admin.hours.open}
        </button>
      )}
    </div>
  );
}
