import { signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { route } from "../route";
import type { Id } from "../wire";
import { rowElementId } from "./ConversationRow";
import { listed } from "./listed";
import { SEARCH_ID } from "./search";

/** The row that has the focus, or is to have it. */
const stoodOn = signal<Id | null>(null);

/** Answers whether there is such a row. */
export function walkTo(id: Id | undefined): boolean {
  const isThere = listed.value.some((row) => row.id === id);
  if (isThere) stoodOn.value = id ?? null;
  return isThere;
}

/** Into the list: to the open conversation, or else to the first. */
export const walkIn = (openId: Id | null): boolean =>
  walkTo(openId ?? undefined) || walkTo(listed.value[0]?.id);

/** Out of the place where one answers: to the open conversation's row, or else to what there is to read. */
export function leaveToList(): void {
  const here = route.value;
  const openId = here.name === "inbox" ? here.conversationId : null;
  if (!walkTo(openId ?? undefined)) document.querySelector<HTMLElement>(".thread-scroll")?.focus();
}

/** The place of the row that has the focus, or -1. */
export function placeOfFocus(ids: readonly Id[]): number {
  const focused = document.activeElement?.id;
  return focused ? ids.findIndex((id) => rowElementId(id) === focused) : -1;
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

function step(event: KeyboardEvent, ids: readonly Id[]): void {
  const by = STEPS[event.key];
  if (by === undefined || event.altKey) return;
  event.preventDefault();
  const place = placeOfFocus(ids) + by;
  if (place === -1) document.getElementById(SEARCH_ID)?.focus();
  else walkTo(ids[Math.max(0, Math.min(ids.length - 1, place))]);
}

/** Up and down walk the rows; Enter, being a link, opens. Above the first one is the search. */
export function useWalk(ids: readonly Id[], reveal: (place: number) => void) {
  const stands = stoodOn.value ? ids.indexOf(stoodOn.value) : -1;
  useLayoutEffect(() => {
    const id = ids[stands];
    if (id === undefined) return;
    reveal(stands);
    document.getElementById(rowElementId(id))?.focus({ preventScroll: true });
  }, [stoodOn.value]);
  const walking = {
    onKeyDown: (event: KeyboardEvent) => step(event, ids),
    onFocusIn: () => {
      stoodOn.value = ids[placeOfFocus(ids)] ?? null;
    },
    onFocusOut: ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!(currentTarget as Element).contains(relatedTarget as Node | null)) stoodOn.value = null;
    },
  };
  return { stands, walking };
}
