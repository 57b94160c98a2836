import { signal } from "@preact/signals";
import { api } from "./api";

/** A short list that is read once and kept: colleagues, teams, tags, canned responses, templates. */
export function keptList<T>(read: () => Promise<T[]>) {
  const rows = signal<readonly T[]>([]);
  const state = signal<"empty" | "loading" | "ready" | "failed">("empty");
  let asked = 0;

  async function reload(): Promise<void> {
    const own = ++asked;
    // Rows that were read stay on the screen while they are read again.
    if (state.value !== "ready") state.value = "loading";
    try {
      const answer = await read();
      // It may have been overtaken by one that was asked for later.
      if (own !== asked) return;
      rows.value = answer;
      state.value = "ready";
    } catch {
      if (own === asked) state.value = "failed";
    }
  }

  async function load(): Promise<void> {
    if (state.value === "empty" || state.value === "failed") await reload();
  }

  /** Something in it has changed: worth a look only where someone has looked before. */
  async function refresh(): Promise<void> {
    if (state.value === "ready" || state.value === "loading") await reload();
  }

  return { rows, state, load, reload, refresh };
}

export const people = keptList(api.people);
export const teams = keptList(api.teams);
export const tags = keptList(api.tags);
export const cannedResponses = keptList(api.cannedResponses);
export const templates = keptList(api.templates);
export const channels = keptList(api.channels);
