import { signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { COMPOSER_ID } from "../composer/replying";
import { hasTouch } from "../ui/touch";
import type { Id } from "../wire";

/** The conversation somebody has gone into, until its place to answer is there. */
const entered = signal<Id | null>(null);

/** Where one answers; where one may not, what can be done instead, or else what there is to read. */
function placeToAnswer(): HTMLElement | null {
  return (
    document.getElementById(COMPOSER_ID) ??
    document.querySelector<HTMLElement>(".composer-notice .button") ??
    document.querySelector<HTMLElement>(".thread-scroll")
  );
}

/** What is typed next is the answer. On a phone the keyboard would hide what there is to read. */
export function enter(conversationId: Id): void {
  if (!hasTouch()) entered.value = conversationId;
}

export function useEntering(conversationId: Id, isThere: boolean): void {
  const isDue = isThere && entered.value === conversationId;
  useLayoutEffect(() => {
    if (!isDue) return;
    entered.value = null;
    placeToAnswer()?.focus();
  }, [isDue]);
}
