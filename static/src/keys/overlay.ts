import { signal } from "@preact/signals";

/** What lies over the console by a key: the list of keys, or the palette. */
type Overlay = "keys" | "palette";
export const overlay = signal<Overlay | null>(null);

/** The browser tells a moment late that a dialog has closed: the other may lie there by then. */
export function closeOverlay(which: Overlay): void {
  if (overlay.value === which) overlay.value = null;
}
