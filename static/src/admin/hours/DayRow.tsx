import { type Period, WEEKDAYS, type Weekday } from "../../tenant";
import { Icon } from "../../ui/Icon";
import { Menu, MenuItem } from "../../ui/Menu";
import { w } from "../../words";
import { Periods } from "./Periods";
import { placeOf, problemOf, WORKDAYS } from "./week";

interface Props {
  day: Weekday;
  periods: readonly Period[];
  onChange: (periods: Period[]) => void;
  onCopy: (to: readonly Weekday[]) => void;
}

/** The day as a line from midnight to midnight, filled where it is open. */
function DayTrack({ periods }: { periods: readonly Period[] }) {
  return (
    <div class="track" aria-hidden="true">
      {periods.map((period, place) => {
        const { left, width } = placeOf(period);
        return <span key={place} class="track-open" style={{ left: `${left}%`, width: `${width}%` }} />;
      })}
    </div>
  );
}

export function DayRow({ day, periods, onChange, onCopy }: Props) {
  const name = w.admin.hours.days[day];
  const problem = problemOf(periods);
  return (
    <li class="weekday" aria-label={name}>
      <strong class="weekday-name">{name}</strong>
      <div class="weekday-periods">
        {periods.length === 0 && <span class="weekday-closed">{w.admin.hours.closed}</span>}
        <Periods of={name} periods={periods} onChange={onChange} />
        {problem && (
          <p class="field-note field-problem" role="alert">
            {w.admin.hours.problems[problem]}
          </p>
        )}
      </div>
      <DayTrack periods={periods} />
      <Menu label={w.admin.hours.copyOf(name)} trigger={<Icon name="copy" size={16} />}>
        <MenuItem onChoose={() => onCopy(WORKDAYS)}>{w.admin.hours.copyToWorkdays}</MenuItem>
        <MenuItem onChoose={() => onCopy(WEEKDAYS)}>{w.admin.hours.copyToAll}</MenuItem>
      </Menu>
    </li>
  );
}
