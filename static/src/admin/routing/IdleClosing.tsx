import { useState } from "preact/hooks";
import { Field } from "../../ui/Field";
import { w } from "../../words";
import { Panel } from "../ui/Panel";
import { Switch } from "../ui/Switch";

interface Props {
  /** Null: never. */
  minutes: number | null;
  onChange: (minutes: number | null) => void;
}

const UNITS = [
  { name: "minutes", minutes: 1 },
  { name: "hours", minutes: 60 },
  { name: "days", minutes: 24 * 60 },
] as const;
const DAY = 24 * 60;
const LIMIT = 30 * DAY;

/** The largest unit in which it is a whole number. */
const unitOf = (minutes: number) => UNITS.findLast((unit) => minutes % unit.minutes === 0)?.minutes ?? 1;

function After({ minutes, onChange }: { minutes: number; onChange: (minutes: number) => void }) {
  const [unit, setUnit] = useState<number>(unitOf(minutes));
  const say = (amount: number, of: number) => onChange(Math.min(LIMIT, Math.max(1, Math.round(amount)) * of));
  return (
    <div class="amount">
      <Field label={w.admin.routing.idleAfter}>
        {(control) => (
          <input
            {...control}
            class="input input-short"
            type="number"
            min={1}
            max={LIMIT / unit}
            value={Math.round(minutes / unit)}
            onInput={({ currentTarget: { valueAsNumber } }) => valueAsNumber > 0 && say(valueAsNumber, unit)}
          />
        )}
      </Field>
      <select
        class="input input-short"
        aria-label={w.admin.routing.unit}
        value={String(unit)}
        onChange={(event) => {
          const next = Number(event.currentTarget.value);
          setUnit(next);
          say(minutes / unit, next);
        }}
      >
        {UNITS.map((one) => (
          <option key={one.name} value={String(one.minutes)}>
            {w.admin.routing.units[one.name]}
          </option>
        ))}
      </select>
    </div>
  );
}

export function IdleClosing({ minutes, onChange }: Props) {
  return (
    <Panel title={w.admin.routing.idle} hint={w.admin.routing.idleHint}>
      <Switch
        label={w.admin.routing.idleSwitch}
        isOn={minutes !== null}
        onChange={(isOn) => onChange(isOn ? DAY : null)}
      />
      {minutes !== null && <After minutes={minutes} onChange={onChange} />}
    </Panel>
  );
}
