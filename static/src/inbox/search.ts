import { computed, signal } from "@preact/signals";
import { api } from "../api";
import type { Id } from "../wire";
import { conversations, keepRead } from "./conversations";
import { filters } from "./filters";

export const SEARCH_ID = "inbox-search";

const PAUSE_MS = 250;
const MOST = 100;

export const searchText = signal("");
const found = signal<readonly Id[] | null>(null);
export const searchFailed = signal(false);
/** How many there are, of which the first ones are shown. */
export const searchTotal = signal(0);

/** Null while nothing is searched or the answer is still to come. */
export const searchRows = computed(() => {
  const known = conversations.value;
  return found.value?.flatMap((id) => known.get(id) ?? []) ?? null;
});

let pause: ReturnType<typeof setTimeout> | undefined;
let asking: AbortController | undefined;

export function search(text: string): void {
  searchText.value = text;
  clearTimeout(pause);
  asking?.abort();
  if (text.trim() === "") found.value = null;
  else pause = setTimeout(() => void ask(text.trim()), PAUSE_MS);
}

/** Asks the same again, when what was found is no longer held. */
export function searchAgain(): void {
  if (searchText.value.trim()) void ask(searchText.value.trim());
}

async function ask(text: string): Promise<void> {
  const mine = new AbortController();
  asking = mine;
  searchFailed.value = false;
  try {
    const read = () => api.conversations({ ...filters.value, search: text, limit: MOST }, mine.signal);
    const { page } = await keepRead(read, (answer) => answer.page.data);
    found.value = page.data.map((row) => row.id);
    searchTotal.value = page.pagination.total;
  } catch {
    if (!mine.signal.aborted) searchFailed.value = true;
  }
}
