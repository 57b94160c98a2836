import { computed, effect, signal, untracked } from "@preact/signals";
import type { Conversation, Id } from "../wire";
import { conversations } from "./conversations";
import { filters } from "./filters";
import { listed } from "./listed";
import { searchText } from "./search";
import { tab } from "./tabs";

/** Conversations taken in hand together. */
export const chosen = signal<ReadonlySet<Id>>(new Set());

export const chosenRows = computed<Conversation[]>(() =>
  [...chosen.value].flatMap((id) => conversations.value.get(id) ?? []),
);

let anchor: Id | null = null;

export function clearChoice(): void {
  anchor = null;
  if (chosen.value.size > 0) chosen.value = new Set();
}

export function keepChosen(ids: Iterable<Id>): void {
  chosen.value = new Set(ids);
}

// What another list shows is not what was chosen in this one.
effect(() => {
  tab.value;
  filters.value;
  searchText.value;
  untracked(clearChoice);
});

export function choose(id: Id): void {
  const next = new Set(chosen.value);
  if (!next.delete(id)) next.add(id);
  anchor = id;
  chosen.value = next;
}

/** Everything between the one chosen last and this one. */
export function chooseTo(id: Id): void {
  const ids = listed.value.map((row) => row.id);
  chosen.value = new Set([...chosen.value, ...between(ids, anchor, id)]);
  anchor = id;
}

/** Both ends included; without a beginning, the end alone. */
export function between(ids: readonly Id[], from: Id | null, to: Id): Id[] {
  const [a, b] = [from === null ? -1 : ids.indexOf(from), ids.indexOf(to)];
  return a < 0 || b < 0 ? [to] : ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}
