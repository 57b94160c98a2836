import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

interface Props {
  label: string;
  trigger: ComponentChildren;
  className?: string;
  align?: "start" | "end";
  upwards?: boolean;
  onOpen?: () => void;
  children: ComponentChildren;
}

/** A button that opens a menu. Arrows move, Esc closes and gives the focus back, choosing closes. */
export function Menu(props: Props) {
  const { label, trigger, className = "icon-button", align = "end", upwards, onOpen, children } = props;
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    items(root.current)[0]?.focus();
    const leave = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", leave);
    return () => document.removeEventListener("pointerdown", leave);
  }, [isOpen]);

  const toggle = () => {
    if (!isOpen) onOpen?.();
    setOpen(!isOpen);
  };
  const close = () => {
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && isOpen) {
      event.stopPropagation();
      close();
    }
    // The next Tab leads on from the button; the items are gone over with the arrows.
    if (event.key === "Tab" && isOpen) close();
    if (event.key === "ArrowDown") move(event, root.current, 1);
    if (event.key === "ArrowUp") move(event, root.current, -1);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for the keys of the menu inside it.
    <div class="menu" ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        class={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={toggle}
      >
        {trigger}
      </button>
      {isOpen && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the items inside are buttons; this closes after they act.
        <div
          class={`menu-sheet menu-${align} ${upwards ? "menu-up" : ""}`}
          role="menu"
          aria-label={label}
          onClick={close}
        >
          {children}
        </div>
      )}
    </div>
  );
}

function items(root: HTMLElement | null): HTMLElement[] {
  return Array.from(root?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? []);
}

function move(event: KeyboardEvent, root: HTMLElement | null, by: number): void {
  const all = items(root);
  if (all.length === 0) return;
  event.preventDefault();
  const place = all.indexOf(document.activeElement as HTMLElement);
  all[(place + by + all.length) % all.length]?.focus();
}

interface ItemProps {
  onChoose: () => void;
  /** One of several, of which one is chosen. */
  isChosen?: boolean;
  /** A switch by itself. */
  isOn?: boolean;
  children: ComponentChildren;
}

export function MenuItem({ onChoose, isChosen, isOn, children }: ItemProps) {
  const shared = { type: "button", tabIndex: -1, class: "menu-item", onClick: onChoose } as const;
  if (isOn !== undefined) {
    return (
      <button {...shared} role="menuitemcheckbox" aria-checked={isOn}>
        {children}
      </button>
    );
  }
  if (isChosen === undefined) {
    return (
      <button {...shared} role="menuitem">
        {children}
      </button>
    );
  }
  return (
    <button {...shared} role="menuitemradio" aria-checked={isChosen}>
      {children}
    </button>
  );
}
