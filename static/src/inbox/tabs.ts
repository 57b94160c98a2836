import { computed, signal } from "@preact/signals";
import { api, type ConversationQuery } from "../api";
import { me } from "../session";
import type { Conversation, ConversationPage, Id, Instant } from "../wire";
import { conversations, keepRead, startOver } from "./conversations";

export const TABS = ["mine", "unassigned", "all", "closed"] as const;
export type Tab = (typeof TABS)[number];

const STILL_OPEN = "OPEN,IN_PROGRESS,WAITING";
const PAGE = 30;

const queries: Record<Tab, ConversationQuery> = {
  mine: { status: STILL_OPEN, assignedToId: "me" },
  unassigned: { status: STILL_OPEN, assignedToId: "none" },
  all: { status: STILL_OPEN },
  closed: { status: "CLOSED" },
};

/** Whether a conversation belongs under a tab: the same question the server answers, for live events. */
export function belongs(row: Conversation, tab: Tab, userId: Id | undefined): boolean {
  if (tab === "closed") return row.status === "CLOSED";
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

export const tabRows = computed(() => {
  const { horizon } = shelf.value;
  return [...conversations.value.values()]
    .filter((row) => belongs(row, tab.value, me.value?.id))
    .filter((row) => horizon === null || row.lastMessageAt >= horizon)
    .sort(newestFirst);
});

export function newestFirst(a: Conversation, b: Conversation): number {
  return b.lastMessageAt.localeCompare(a.lastMessageAt) || b.id.localeCompare(a.id);
}

export function chooseTab(next: Tab): void {
  localStorage.setItem(TAB_KEY, next);
  tab.value = next;
  if (shelf.value.state === "empty" || shelf.value.state === "failed") void loadFirstPage(next);
}

function changeShelf(of: Tab, change: Partial<Shelf>): void {
  shelves.value = { ...shelves.value, [of]: { ...shelves.value[of], ...change } };
}

export async function loadFirstPage(of: Tab): Promise<void> {
  await load(of);
}

export async function loadNextPage(of: Tab): Promise<void> {
  const { next, state } = shelves.value[of];
  if (next && state !== "loading") await load(of, { cursor: next });
}

async function load(of: Tab, from: ConversationQuery = {}): Promise<void> {
  changeShelf(of, { state: "loading" });
  try {
    const read = () => api.conversations({ ...queries[of], ...from, limit: PAGE });
    const { page } = await keepRead(read, (answer) => answer.page.data);
    changeShelf(of, { state: "ready", ...whereItEnds(page) });
  } catch {
    changeShelf(of, { state: "failed" });
  }
}

/** Reads the chosen tab anew and trusts nothing older; answers the feed's place of what was read. */
export async function loadAnew(openId: Id | null): Promise<number> {
  const of = tab.value;
  changeShelf(of, { state: "loading" });
  try {
    const { page, feedSeq } = await api.conversations({ ...queries[of], limit: PAGE });
    startOver(page.data, openId);
    shelves.value = { ...emptyShelves(), [of]: { state: "ready", ...whereItEnds(page) } };
    if (tab.value !== of) void loadFirstPage(tab.value);
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
