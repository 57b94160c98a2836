import { useId } from "preact/hooks";
import { w } from "../../words";

interface Props {
  label: string;
  isLabelHidden?: boolean;
  color: string;
  offered: readonly string[];
  onChange: (color: string) => void;
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** Some colours to pick from, and any other. */
export function ColorField({ label, isLabelHidden, color, offered, onChange }: Props) {
  const name = useId();
  const isOther = !offered.some((one) => isSame(one, color));
  return (
    <fieldset class="colors">
      <legend class={isLabelHidden ? "visually-hidden" : undefined}>{label}</legend>
      <div class="colors-row">
        {offered.map((one) => (
          <label key={one} class="color" style={{ "--color": one }}>
            <input
              type="radio"
              name={name}
              aria-label={w.admin.colors[one.toUpperCase()] ?? one}
              checked={isSame(one, color)}
              onChange={() => onChange(one)}
            />
          </label>
        ))}
        <label class={isOther ? "color-own color-chosen" : "color-own"}>
          <input
            type="color"
            value={color.toLowerCase()}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
          {w.admin.otherColor}
        </label>
      </div>
    </fieldset>
  );
}
