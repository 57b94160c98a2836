import type { Body } from "../api/call";
import { call } from "../api/call";
import type { FiltersIn, ViewOut } from "../api/schema";
import { keptList } from "../lists";
import type { Id } from "../wire";
import { FILTER_NAMES, type Filters, filters } from "./filters";
import { search, searchText } from "./search";
import { chooseFilters, chooseTab, queryOf, type Tab, tab } from "./tabs";

export type View = ViewOut;

/** Tabs and filters kept under a name: one's own, and the whole team's. */
export const views = keptList(() => call("GET /api/views").then(({ data }) => data));

type Status = NonNullable<FiltersIn["status"]>[number];

/** What a view says of a tab and of what it is narrowed to. */
export function filtersOf(of: Tab, chosen: Filters, text: string): FiltersIn {
  const { status, assignedToId } = queryOf(of);
  return {
    ...chosen,
    status: status?.split(",") as Status[],
    ...(assignedToId && { assignedToId }),
    ...(text.trim() && { search: text.trim() }),
  };
}

/** The tab that asks what a view asks. */
export function tabOf({ status, assignedToId }: View["filters"]): Tab {
  if (assignedToId === "me") return "mine";
  if (assignedToId === "none") return "unassigned";
  if (status?.length === 1 && status[0] === "CLOSED") return "closed";
  return status?.length === 1 && status[0] === "WAITING" ? "waiting" : "all";
}

/** Every filter: those that a view does not name are taken off. */
export function narrowingOf(asked: View["filters"]): Partial<Filters> {
  const whose = asked.assignedToId === "me" || asked.assignedToId === "none";
  const named = FILTER_NAMES.map((name) => [
    name,
    (whose && name === "assignedToId" ? null : asked[name]) ?? undefined,
  ]);
  return Object.fromEntries(named);
}

export function showView({ filters: asked }: View): void {
  chooseTab(tabOf(asked));
  chooseFilters(narrowingOf(asked));
  search(asked.search ?? "");
}

export async function saveView(named: Pick<Body<"POST /api/views">, "name" | "shared">): Promise<void> {
  const body = { ...named, filters: filtersOf(tab.value, filters.value, searchText.value) };
  await call("POST /api/views", { body });
  await views.reload();
}

export async function removeView(id: Id): Promise<void> {
  await call("DELETE /api/views/{id}", { id });
  await views.reload();
}
