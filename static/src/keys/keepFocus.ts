// Whoever works by keyboard must stand somewhere. When what held the focus goes away (a row that leaves the list, a
// button that has done its work), the browser leaves the focus nowhere; it is given to what is nearest then.

import { hasTouch } from "../ui/touch";

const ABLE = "a[href], button, select, textarea, input, [tabindex]";
const TYPED_IN = "textarea, input:not([type=checkbox], [type=radio])";

interface Standing {
  element: Element;
  /** From the nearest to the farthest. */
  around: readonly Element[];
  x: number;
  y: number;
  isWriting: boolean;
}

let stood: Standing | null = null;

function middleOf(element: Element): { x: number; y: number } {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

function note({ target }: Event): void {
  if (!(target instanceof Element) || target === document.body) return;
  const around: Element[] = [];
  for (let one = target.parentElement; one; one = one.parentElement) around.push(one);
  stood = { element: target, around, ...middleOf(target), isWriting: target.matches(TYPED_IN) };
}

const isShown = (element: Element) => element.getClientRects().length > 0;
const isNowhere = () => document.activeElement === null || document.activeElement === document.body;

/** Only who was writing is led to where one writes: elsewhere a letter is a key, and on a phone a keyboard comes up. */
function mayTake(element: HTMLElement, { isWriting }: Standing): boolean {
  if (!isShown(element) || element.matches(":disabled")) return false;
  if (element.matches(TYPED_IN) && (!isWriting || hasTouch())) return false;
  return element.tabIndex >= 0;
}

/** The distance of centres, by which a list's next row takes the place of the one before. */
function nearestIn(place: ParentNode, standing: Standing): HTMLElement | undefined {
  const { x, y } = standing;
  const far = (element: Element) => {
    const middle = middleOf(element);
    return Math.hypot(middle.x - x, middle.y - y);
  };
  const able = [...place.querySelectorAll<HTMLElement>(ABLE)].filter((one) => mayTake(one, standing));
  return able.sort((a, b) => far(a) - far(b))[0];
}

function giveOn(): void {
  if (!stood || !isNowhere()) return;
  const { element, around } = stood;
  if (element.isConnected && isShown(element)) {
    if (element instanceof HTMLElement && !element.matches(":disabled")) element.focus();
    return;
  }
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const places = around.filter((one) => one.isConnected && (!dialog || dialog.contains(one)));
  for (const place of dialog ? [...places, dialog] : places) {
    const next = nearestIn(place, stood);
    if (!next) continue;
    next.focus({ preventScroll: true });
    return;
  }
}

/** A click beside everything gives the focus up on purpose. */
function leave({ target }: Event): void {
  if (target instanceof Element && !target.closest(ABLE)) stood = null;
}

/** The answer stops it. */
export function keepFocus(): () => void {
  let isDue = false;
  const look = () => {
    if (isDue || !stood || !isNowhere()) return;
    isDue = true;
    // The browser takes the focus from what is hidden or disabled only after it has drawn that.
    requestAnimationFrame(() =>
      setTimeout(() => {
        isDue = false;
        giveOn();
      }),
    );
  };
  const changed = new MutationObserver(look);
  changed.observe(document.body, { childList: true, subtree: true });
  const over = new AbortController();
  const { signal } = over;
  document.addEventListener("focusin", note, { signal });
  document.addEventListener("keydown", note, { signal, capture: true });
  document.addEventListener("pointerdown", leave, { signal });
  return () => {
    over.abort();
    changed.disconnect();
  };
}
