import { Icon } from "../ui/Icon";
import { benchOpen } from "./state";
import { troublesOn } from "./troubles";
import { w } from "./words";

/** Where there is no room for the bench, this opens it. */
export function BenchButton() {
  return (
    <button
      type="button"
      class="bench-button round"
      aria-label={w.faults.title}
      onClick={() => (benchOpen.value = true)}
    >
      <Icon name="alert" size={19} />
      {troublesOn.value.length > 0 && <i class="dot" />}
    </button>
  );
}
