import { signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { route } from "../route";
import type { Id } from "../wire";
import { ROW_ELEMENT, rowElementId } from "./ConversationRow";
import { listed } from "./listed";
import { SEARCH_ID } from "./search";
import { type Listed, placeOf } from "./windowing";

/** The row that has the focus, or is to have it. */
const stoodOn = signal<Id | null>(null);

/** Answers whether there is such a row. */
export function walkTo(id: Id | undefined): boolean {
  const isThere = id !== undefined && placeOf(id, listed.value) >= 0;
  if (isThere) stoodOn.value = id;
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
export function placeOfFocus(rows: readonly Listed[]): number {
  const focused = document.activeElement?.id ?? "";
  return focused.startsWith(ROW_ELEMENT) ? placeOf(focused.slice(ROW_ELEMENT.length), rows) : -1;
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

function step(event: KeyboardEvent, rows: readonly Listed[]): void {
  const by = STEPS[event.key];
  if (by === undefined || event.altKey) return;
  event.preventDefault();
  const place = placeOfFocus(rows) + by;
  if (place === -1) document.getElementById(SEARCH_ID)?.focus();
  else walkTo(rows[Math.max(0, Math.min(rows.length - 1, place))]?.id);
}

/** Up and down walk the rows; Enter, being a link, opens. Above the first one is the search. */
export function useWalk(rows: readonly Listed[], reveal: (place: number) => void) {
  const stands = stoodOn.value ? placeOf(stoodOn.value, rows) : -1;
  useLayoutEffect(() => {
    const id = rows[stands]?.id;
    if (id === undefined) return;
    reveal(stands);
    document.getElementById(rowElementId(id))?.focus({ preventScroll: true });
  }, [stoodOn.value]);
  const walking = {
    onKeyDown: (event: KeyboardEvent) => step(event, rows),
    onFocusIn: () => {
      stoodOn.value = rows[placeOfFocus(rows)]?.id ?? null;
    },
    onFocusOut: ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!(currentTarget as Element).contains(relatedTarget as Node | null)) stoodOn.value = null;
    },
  };
  return { stands, walking };
}
