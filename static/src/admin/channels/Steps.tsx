import { Icon } from "../../ui/Icon";
import { w } from "../../words";

export const STEPS = ["prepare", "copy", "check"] as const;
export type StepName = (typeof STEPS)[number];

/** Where one is on the way. */
export function Steps({ current }: { current: StepName }) {
  const at = STEPS.indexOf(current);
  return (
    <ol class="steps" aria-label={w.admin.channels.steps}>
      {STEPS.map((step, place) => (
        <li
          key={step}
          class={place < at ? "step step-done" : "step"}
          aria-current={step === current ? "step" : undefined}
        >
          <span class="step-mark" aria-hidden="true">
            {place < at ? <Icon name="check" size={14} /> : place + 1}
          </span>
          {w.admin.channels.stepNames[step]}
        </li>
      ))}
    </ol>
  );
}
