import { useEffect, useRef } from "preact/hooks";

/** The browser's own modal dialog: it keeps the focus, closes on Esc and gives the focus back. */
export function useModal() {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    dialog
      ?.querySelector<HTMLElement>("form :is(input, textarea, select), input:not([type=checkbox])")
      ?.focus();
    return () => dialog?.close();
  }, []);
  return ref;
}
