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

export function Dialog({ title, onClose, wide, children }: Props) {
  const ref = useModal();
  return (
    <dialog ref={ref} class={wide ? "dialog dialog-wide" : "dialog"} aria-label={title} onClose={onClose}>
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
