import { computed, signal } from "@preact/signals";
import { api, type ConversationQuery } from "../api";
import { route } from "../route";
import { me } from "../session";
import type { Conversation, ConversationPage, Id, Instant } from "../wire";
import { conversations, keepRead, startOver } from "./conversations";
import { readCounts } from "./counts";
import { asQuery, type Filters, filters, keepFilters, passes } from "./filters";
import { ordered } from "./order";

export const TABS = ["mine", "unassigned", "all", "waiting", "closed"] as const;
export type Tab = (typeof TABS)[number];

const STILL_OPEN = "OPEN,IN_PROGRESS,WAITING";
const FIRST_PAGE = 40;
const PAGE = 100;

const queries: Record<Tab, ConversationQuery> = {
  mine: { status: STILL_OPEN, assignedToId: "me" },
  unassigned: { status: STILL_OPEN, assignedToId: "none" },
  all: { status: STILL_OPEN },
  waiting: { status: "WAITING" },
  closed: { status: "CLOSED" },
};

export const queryOf = (tab: Tab): ConversationQuery => queries[tab];

/** The tab itself says whose they are. */
export const saysWhose = (tab: Tab) => queries[tab].assignedToId !== undefined;

/** Whether a conversation belongs under a tab: the same question the server answers, for live events. */
export function belongs(row: Conversation, tab: Tab, userId: Id | undefined): boolean {
  if (tab === "closed" || tab === "waiting") return row.status === tab.toUpperCase();
  if (row.status === "CLOSED") return false;
  if (tab === "mine") return row.assignedToId === userId;
  return tab === "all" || row.assignedToId === null;
}

interface Shelf {
  state: "empty" | "loading" | "ready" | "failed";
  /** Rows older than this are not loaded yet; null when all of them are. */
  horizon: Instant | null;
  /** The cursor of the page below. */
  next: string | null;
}

const emptyShelf: Shelf = { state: "empty", horizon: null, next: null };
const emptyShelves = () => Object.fromEntries(TABS.map((tab) => [tab, emptyShelf])) as Record<Tab, Shelf>;

const TAB_KEY = "balcao.tab";
const remembered = TABS.find((tab) => tab === localStorage.getItem(TAB_KEY));

export const tab = signal<Tab>(remembered ?? "all");
export const shelves = signal(emptyShelves());
export const shelf = computed(() => shelves.value[tab.value]);

const openId = computed(() => (route.value.name === "inbox" ? route.value.conversationId : null));

const inOrder = ordered();

export const tabRows = computed(() => {
  const [of, chosen, { horizon }, userId] = [tab.value, filters.value, shelf.value, me.value?.id];
  // What is being read does not go from under the reader's eyes for having been read.
  const open = chosen.unread && openId.value;
  const isIn = (row: Conversation) =>
    belongs(row, of, userId) &&
    passes(row, row.id === open ? { ...chosen, unread: undefined } : chosen) &&
    (horizon === null || row.lastMessageAt >= horizon);
  return inOrder(conversations.value, [of, chosen, horizon, userId, open], isIn);
});

function setTab(next: Tab): void {
  localStorage.setItem(TAB_KEY, next);
  tab.value = next;
}

export function chooseTab(next: Tab): void {
  setTab(next);
  if (saysWhose(next) && filters.value.assignedToId) chooseFilters({ assignedToId: undefined });
  if (shelf.value.state === "empty" || shelf.value.state === "failed") void loadFirstPage(next);
}

/** Lays `change` over the filters: an undefined one is taken off. */
export function chooseFilters(change: Partial<Filters>): void {
  keepFilters({ ...filters.value, ...change });
  if (filters.value.assignedToId && saysWhose(tab.value)) setTab("all");
  shelves.value = emptyShelves();
  void loadFirstPage(tab.value);
  void readCounts();
}

function changeShelf(of: Tab, change: Partial<Shelf>): void {
  shelves.value = { ...shelves.value, [of]: { ...shelves.value[of], ...change } };
}

const asked = (of: Tab): ConversationQuery => ({ ...asQuery(filters.value), ...queries[of] });

export async function loadFirstPage(of: Tab): Promise<void> {
  await load(of, { limit: FIRST_PAGE });
}

export async function loadNextPage(of: Tab): Promise<void> {
  const { next, state } = shelves.value[of];
  if (next && state !== "loading") await load(of, { cursor: next, limit: PAGE });
}

async function load(of: Tab, from: ConversationQuery): Promise<void> {
  const chosen = filters.value;
  // An answer to other filters than the chosen ones says nothing of where this shelf ends.
  const change = (shelf: Partial<Shelf>) => chosen === filters.value && changeShelf(of, shelf);
  change({ state: "loading" });
  try {
    const read = () => api.conversations({ ...asked(of), ...from });
    const { page } = await keepRead(read, (answer) => answer.page.data);
    change({ state: "ready", ...whereItEnds(page) });
  } catch {
    change({ state: "failed" });
  }
}

/** Reads the chosen tab anew and trusts nothing older; answers the feed's place of what was read. */
export async function loadAnew(openId: Id | null): Promise<number> {
  const [of, chosen] = [tab.value, filters.value];
  changeShelf(of, { state: "loading" });
  try {
    const { page, feedSeq } = await api.conversations({ ...asked(of), limit: FIRST_PAGE });
    startOver(page.data, openId);
    shelves.value = { ...emptyShelves(), [of]: { state: "ready", ...whereItEnds(page) } };
    if (tab.value !== of || filters.value !== chosen) chooseFilters({});
    return feedSeq;
  } catch (problem) {
    changeShelf(of, { state: "failed" });
    throw problem;
  }
}

function whereItEnds({ data, nextCursor }: ConversationPage): Pick<Shelf, "horizon" | "next"> {
  const last = data.at(-1);
  return { next: nextCursor, horizon: last && nextCursor ? last.lastMessageAt : null };
}
