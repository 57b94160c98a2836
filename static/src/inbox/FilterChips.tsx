import { useEffect } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { w } from "../words";
import { loadOptions, options } from "./FilterPanel";
import { chosenFilters, type FilterName, filters } from "./filters";
import { searchAgain } from "./search";
import { chooseFilters } from "./tabs";

function textOf(name: FilterName): string {
  if (name === "unread") return w.filters.names.unread;
  const chosen = options(name).find((one) => one.id === filters.value[name]);
  return `${w.filters.names[name]}: ${chosen?.name ?? "…"}`;
}

function takeOff(names: readonly FilterName[]): void {
  chooseFilters(Object.fromEntries(names.map((name) => [name, undefined])));
  searchAgain();
}

/** What the list is narrowed to, each to be taken off with one click. */
export function FilterChips() {
  const chosen = chosenFilters();
  useEffect(() => {
    if (chosen.length > 0) loadOptions();
  }, [chosen.length > 0]);
  if (chosen.length === 0) return null;
  return (
    <ul class="chips" aria-label={w.filters.chosen}>
      {chosen.map((name) => (
        <li key={name}>
          <button
            type="button"
            class="chip"
            aria-label={w.filters.remove(textOf(name))}
            onClick={() => takeOff([name])}
          >
            <span class="chip-text">{textOf(name)}</span>
            <Icon name="cross" size={13} />
          </button>
        </li>
      ))}
      {chosen.length > 1 && (
        <li>
          <button type="button" class="link-button" onClick={() => takeOff(chosen)}>
            {w.filters.clear}
          </button>
        </li>
      )}
    </ul>
  );
}
