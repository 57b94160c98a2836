import type { Priority } from "../wire";
import { w } from "../words";
import { Icon } from "./Icon";

export const PRIORITIES: readonly Priority[] = ["LOW", "MEDIUM", "HIGH", "URGENT"];

/** Shown only where it says something: a normal priority is the absence of one. */
export function PriorityMark({ priority }: { priority: Priority }) {
  if (priority === "MEDIUM") return null;
  return (
    <span
      class={`priority priority-${priority.toLowerCase()}`}
      title={`${w.priority.label}: ${w.priority[priority]}`}
    >
      <Icon name="priority" size={13} />
      <span class="priority-text">{w.priority[priority]}</span>
    </span>
  );
}
