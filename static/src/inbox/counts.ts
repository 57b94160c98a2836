import { computed, signal } from "@preact/signals";
import { api, Problem } from "../api";
import type { Counts } from "../wire";
import { chosenFilters, type Filters, filters } from "./filters";

/** Soon after the first news; then at most so often, however much happens. */
const SOON_MS = 200;
const EVERY_MS = 2_000;

/** How many conversations each tab has under the chosen filters, as the server counts them; null until it has. */
export const counts = signal<Counts | null>(null);

const unfiltered = signal<Counts | null>(null);

/** Messages that nobody has read, whatever the filters. */
export const unread = computed(
  () =>
    unfiltered.value && {
      mine: unfiltered.value.mine.unreadMessages,
      unassigned: unfiltered.value.unassigned.unreadMessages,
    },
);

let isComing = false;
let askedAt = 0;

/** Something has happened that may have changed them. */
export function countAgain(): void {
  const wait = Math.max(SOON_MS, askedAt + EVERY_MS - Date.now());
  if (isComing) return;
  isComing = true;
  setTimeout(() => {
    isComing = false;
    void readCounts();
  }, wait);
}

/** Null where nothing is narrowed. */
async function readNarrowed(asked: Filters): Promise<Counts | null> {
  if (chosenFilters().length === 0) return null;
  const narrowed = await api.counts(asked);
  if (!asked.assignedToId) return narrowed;
  // These two say by themselves whose they are, and are gone to without that filter.
  const { mine, unassigned } = await api.counts({ ...asked, assignedToId: undefined });
  return { ...narrowed, mine, unassigned };
}

/** What was known stays on the screen while the server does not answer. */
export async function readCounts(): Promise<void> {
  askedAt = Date.now();
  const asked = filters.value;
  try {
    const [all, narrowed] = await Promise.all([api.counts({}), readNarrowed(asked)]);
    unfiltered.value = all;
    if (asked === filters.value) counts.value = narrowed ?? all;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
  }
}
