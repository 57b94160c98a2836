import { signal } from "@preact/signals";
import { api } from "./api";

/** A short list that is read once and kept: colleagues, teams, tags, canned responses, templates. */
function keptList<T>(read: () => Promise<T[]>) {
  const rows = signal<readonly T[]>([]);
  const state = signal<"empty" | "loading" | "ready" | "failed">("empty");

  async function load(): Promise<void> {
    if (state.value === "ready" || state.value === "loading") return;
    state.value = "loading";
    try {
      rows.value = await read();
      state.value = "ready";
    } catch {
      state.value = "failed";
    }
  }

  async function reload(): Promise<void> {
    state.value = "empty";
    await load();
  }

  return { rows, state, load, reload };
}

export const people = keptList(api.people);
export const teams = keptList(api.teams);
export const tags = keptList(api.tags);
export const cannedResponses = keptList(api.cannedResponses);
export const templates = keptList(api.templates);
export const channels = keptList(api.channels);
