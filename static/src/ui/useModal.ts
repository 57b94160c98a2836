import { useLayoutEffect, useRef } from "preact/hooks";

/** A menu goes as the dialog comes that it opens; its button stays. */
function standing(): HTMLElement | null {
  const here = document.activeElement;
  const button = here?.closest(".menu")?.querySelector<HTMLElement>("button");
  return button ?? (here instanceof HTMLElement ? here : null);
}

/** The browser's own modal dialog: it keeps the focus, closes on Esc and gives the focus back. */
export function useModal() {
  const ref = useRef<HTMLDialogElement>(null);
  // Before the next key is pressed: it is meant for the dialog already.
  useLayoutEffect(() => {
    const before = standing();
    const dialog = ref.current;
    dialog?.showModal();
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
