import { useId } from "preact/hooks";

export interface Option<V extends string> {
  value: V;
  title: string;
  text: string;
}

interface Props<V extends string> {
  legend: string;
  value: V;
  options: readonly Option<V>[];
  onChange: (value: V) => void;
}

/** A few ways to choose from, each with what it means. */
export function Options<V extends string>({ legend, value, options, onChange }: Props<V>) {
  const name = useId();
  return (
    <fieldset class="options">
      <legend class="visually-hidden">{legend}</legend>
      {options.map((option) => (
        <label key={option.value} class="option">
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            <strong>{option.title}</strong>
            <span class="option-text">{option.text}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
