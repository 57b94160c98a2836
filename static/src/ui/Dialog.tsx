import type { ComponentChildren } from "preact";
import { w } from "../words";
import { Icon } from "./Icon";
import { useModal } from "./useModal";

interface Props {
  title: string;
  onClose: () => void;
  wide?: boolean;
  children: ComponentChildren;
}

/** In a text of several lines Enter is a new line. */
function sendByKey(event: KeyboardEvent): void {
  const isSend = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  if (isSend && event.target instanceof HTMLTextAreaElement) event.target.form?.requestSubmit();
}

export function Dialog({ title, onClose, wide, children }: Props) {
  const ref = useModal();
  return (
    <dialog
      ref={ref}
      class={wide ? "dialog dialog-wide" : "dialog"}
      aria-label={title}
      onClose={onClose}
      onKeyDown={sendByKey}
    >
      <header class="dialog-head">
        <h2>{title}</h2>
        <button type="button" class="icon-button" aria-label={w.close} onClick={onClose}>
          <Icon name="cross" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
