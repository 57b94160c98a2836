import { useEffect } from "preact/hooks";
import { Field } from "../../ui/Field";
import { w } from "../../words";
import { members } from "../lists";
import type { Action } from "../wire";
import { actionText } from "./reading";

export interface Wanted {
  from: string;
  to: string;
  actorId: string;
  action: Action | "";
}

export const EVERYTHING: Wanted = { from: "", to: "", actorId: "", action: "" };

interface Props {
  wanted: Wanted;
  onChange: (wanted: Wanted) => void;
}

interface DayProps {
  label: string;
  day: string;
  onChange: (day: string) => void;
}

function Day({ label, day, onChange }: DayProps) {
  return (
    <Field label={label}>
      {(control) => (
        <input
          {...control}
          class="input"
          type="date"
          value={day}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface ChoiceProps {
  label: string;
  any: string;
  value: string;
  options: readonly { value: string; text: string }[];
  onChange: (value: string) => void;
}

function Choice({ label, any, value, options, onChange }: ChoiceProps) {
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          class="input"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          <option value="">{any}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function AuditFilter({ wanted, onChange }: Props) {
  useEffect(() => void members.load(), []);
  const set = (part: Partial<Wanted>) => onChange({ ...wanted, ...part });
  const words = w.admin.audit;
  return (
    <div class="audit-filter">
      <Choice
        label={words.who}
        any={words.anyone}
        value={wanted.actorId}
        options={members.rows.value.map(({ id, name }) => ({ value: id, text: name }))}
        onChange={(actorId) => set({ actorId })}
      />
      <Choice
        label={words.what}
        any={words.anything}
        value={wanted.action}
        options={Object.keys(words.actions).map((action) => ({ value: action, text: actionText(action) }))}
        onChange={(action) => set({ action: action as Action | "" })}
      />
      <Day label={words.from} day={wanted.from} onChange={(from) => set({ from })} />
      <Day label={words.to} day={wanted.to} onChange={(to) => set({ to })} />
    </div>
  );
}
