import { useLayoutEffect, useRef } from "preact/hooks";

/** A menu goes as the dialog comes that it opens; its button stays. */
function standing(): HTMLElement | null {
  const here = document.activeElement;
  const button = here?.closest(".menu")?.querySelector<HTMLElement>("button");
  return button ?? (here instanceof HTMLElement ? here : null);
}

/** The browser's own modal dialog: it keeps the focus, closes on Esc and gives the focus back. */
export const useModal = () => useShown((dialog) => dialog.showModal());

/** A dialog as `show` shows it: it has the focus from the start and gives it back in the end. */
export function useShown(show: (dialog: HTMLDialogElement) => void) {
  const ref = useRef<HTMLDialogElement>(null);
  // Before the next key is pressed: it is meant for the dialog already.
  useLayoutEffect(() => {
    const before = standing();
    const dialog = ref.current;
    if (dialog) show(dialog);
    dialog
      ?.querySelector<HTMLElement>("form :is(input, textarea, select), input:not([type=checkbox])")
      ?.focus();
    return () => {
      dialog?.close();
      // The browser gives nothing back to what has gone, nor from a dialog that is no longer on the page.
      const here = document.activeElement;
      if (here === document.body || dialog?.contains(here)) before?.focus();
    };
  }, []);
  return ref;
}
