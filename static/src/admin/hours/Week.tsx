import { WEEKDAYS, type Weekly } from "../../tenant";
import { w } from "../../words";
import { Panel } from "../ui/Panel";
import { DayRow } from "./DayRow";
import { copied, hoursOpen, PRESETS, type PresetName } from "./week";

interface Props {
  weekly: Weekly;
  onChange: (weekly: Weekly) => void;
}

const HOURS_SHOWN = [0, 6, 12, 18, 24];

function Presets({ onChoose }: { onChoose: (name: PresetName) => void }) {
  return (
    <div class="presets">
      <span class="field-note">{w.admin.hours.presetsLabel}</span>
      {(Object.keys(PRESETS) as PresetName[]).map((name) => (
        <button key={name} type="button" class="chip" onClick={() => onChoose(name)}>
          {w.admin.hours.presets[name]}
        </button>
      ))}
    </div>
  );
}

export function Week({ weekly, onChange }: Props) {
  return (
    <Panel
      title={w.admin.hours.week}
      hint={w.admin.hours.weekHint}
      acts={<span class="settings-panel-figure">{w.admin.hours.perWeek(hoursOpen(weekly))}</span>}
    >
      <Presets onChoose={(name) => onChange(structuredClone(PRESETS[name]))} />
      <div class="weekday weekday-scale" aria-hidden="true">
        <div class="scale">
          {HOURS_SHOWN.map((hour) => (
            <span key={hour}>{hour}h</span>
          ))}
        </div>
      </div>
      <ul class="days">
        {WEEKDAYS.map((day) => (
          <DayRow
            key={day}
            day={day}
            periods={weekly[day] ?? []}
            onChange={(periods) => onChange({ ...weekly, [day]: periods })}
            onCopy={(to) => onChange(copied(weekly, day, to))}
          />
        ))}
      </ul>
    </Panel>
  );
}
