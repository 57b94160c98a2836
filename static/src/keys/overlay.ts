import { signal } from "@preact/signals";

/** What lies over the console by a key: the list of keys, or the palette. */
export const overlay = signal<"keys" | "palette" | null>(null);

export const closeOverlay = (): void => {
  overlay.value = null;
};
