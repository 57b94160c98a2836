import { keepHere, keptHere } from "../kept";
import { ACTS } from "./acts";

const OFF = "keys.off";

/** Who dictates or types with difficulty may want no single letter to do anything. */
export const areKeysOn = (): boolean => keptHere(OFF) === null;
export const turnKeys = (isOn: boolean): void => keepHere(OFF, isOn ? null : "1");

/** "e", "shift+x", "?", "mod+k", "alt+ArrowUp"; null for what is left to the browser. */
export function keyOf(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey"> &
    Partial<Pick<KeyboardEvent, "shiftKey">>,
): string | null {
  if (event.altKey) return event.key.startsWith("Arrow") ? `alt+${event.key}` : null;
  if (event.ctrlKey || event.metaKey) return `mod+${event.key.toLowerCase()}`;
  // Caps Lock alone changes nothing.
  const isLetter = /^\p{L}$/u.test(event.key);
  return isLetter ? `${event.shiftKey ? "shift+" : ""}${event.key.toLowerCase()}` : event.key;
}

// A letter there is a letter, or moves within a menu, or was meant for a text that cannot be written now.
const OWN_KEYS = "input, textarea, select, [contenteditable], [role=menu], [role=listbox], .composer-notice";

function isTakenBy(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(OWN_KEYS) !== null;
}

function press(event: KeyboardEvent): void {
  const key = keyOf(event);
  if (key === null || event.defaultPrevented || event.isComposing || event.repeat) return;
  const isLetter = !/^(mod|alt)\+/.test(key);
  if (document.querySelector("dialog[open]") || (isLetter && isTakenBy(event.target))) return;
  if (isLetter && key !== "?" && !areKeysOn()) return;
  const act = ACTS.find((one) => (one.key === key || one.keyAnywhere === key) && one.isOffered());
  if (!act) return;
  event.preventDefault();
  act.run();
}

export function listenForKeys(): () => void {
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}
