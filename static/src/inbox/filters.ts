import { effect, signal } from "@preact/signals";
import type { ConversationQuery } from "../api";
import { keepHere, keptHere } from "../kept";
import { identity } from "../session";
import type { Conversation, Id, Priority } from "../wire";

/** What the list is narrowed to, whatever the tab. */
export interface Filters {
  channelId?: Id;
  teamId?: Id;
  assignedToId?: Id;
  tagId?: Id;
  priority?: Priority;
  unread?: true;
}

export type FilterName = keyof Filters;
export const FILTER_NAMES = [
  "channelId",
  "teamId",
  "assignedToId",
  "tagId",
  "priority",
  "unread",
] as const satisfies readonly FilterName[];

const KEPT_AS = "filters";

export const filters = signal<Filters>({});

effect(() => {
  const kept = identity.value && keptHere(KEPT_AS);
  filters.value = kept ? JSON.parse(kept) : {};
});

export const chosenFilters = (): FilterName[] => FILTER_NAMES.filter((name) => filters.value[name]);

export function keepFilters(next: Filters): void {
  filters.value = Object.fromEntries(Object.entries(next).filter(([, value]) => value));
  keepHere(KEPT_AS, chosenFilters().length > 0 ? JSON.stringify(filters.value) : null);
}

export const asQuery = (chosen: Filters): ConversationQuery => ({ ...chosen });

/** The same question that the server answers, for what changes live. */
export function passes(row: Conversation, chosen: Filters): boolean {
  const { channelId, teamId, assignedToId, tagId, priority, unread } = chosen;
  return (
    (!channelId || row.channelId === channelId) &&
    (!teamId || row.teamId === teamId) &&
    (!assignedToId || row.assignedToId === assignedToId) &&
    (!tagId || row.tags.some((tag) => tag.id === tagId)) &&
    (!priority || row.priority === priority) &&
    (!unread || row.unreadCount > 0)
  );
}
