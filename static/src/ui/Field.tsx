import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Control {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

interface Props {
  label: string;
  hint?: string;
  problem?: string;
  /** "12/20" at the right of the label. */
  count?: string;
  children: (control: Control) => ComponentChildren;
}

/** A label, its control, and what is to be known or mended about it. */
export function Field({ label, hint, problem, count, children }: Props) {
  const id = useId();
  const note = problem ?? hint;
  return (
    <div class="field">
      <div class="field-head">
        <label for={id}>{label}</label>
        {count && <span class="field-count">{count}</span>}
      </div>
      {children({
        id,
        "aria-describedby": note ? `${id}-note` : undefined,
        "aria-invalid": problem ? true : undefined,
      })}
      {note && (
        <p id={`${id}-note`} class={problem ? "field-note field-problem" : "field-note"}>
          {note}
        </p>
      )}
    </div>
  );
}
