import { signal } from "@preact/signals";

export const PANEL_ID = "inbox-filters";
const BUTTON_ID = "inbox-filters-button";
export const panelButton = { id: BUTTON_ID, "aria-controls": PANEL_ID };

/** Whether the fields by which the list is narrowed are shown. */
export const isPanelOpen = signal(false);

/** Shows the fields and goes into the first. */
export function showFilters(): void {
  isPanelOpen.value = true;
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>(`#${PANEL_ID} :is(select, input)`)?.focus(),
  );
}

export function hideFilters(): void {
  document.getElementById(BUTTON_ID)?.focus();
  isPanelOpen.value = false;
}
