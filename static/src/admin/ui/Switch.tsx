import { useId } from "preact/hooks";

interface Props {
  label: string;
  hint?: string;
  isOn: boolean;
  isLabelHidden?: boolean;
  disabled?: boolean;
  onChange: (isOn: boolean) => void;
}

export function Switch({ label, hint, isOn, isLabelHidden, disabled, onChange }: Props) {
  const id = useId();
  return (
    <div class="switch">
      <input
        id={id}
        class="switch-input"
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        checked={isOn}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <div>
        <label for={id} class={isLabelHidden ? "visually-hidden" : undefined}>
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} class="field-note">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
