const HELD_MS = 450;
const MOVED_PX = 10;

/** A finger that rests on a bubble opens its menu; one that moves is scrolling. */
export function onLongPress(open: (pressed: HTMLElement) => void) {
  return (event: PointerEvent) => {
    if (event.pointerType !== "touch") return;
    const pressed = event.currentTarget as HTMLElement;
    const over = new AbortController();
    const stop = () => {
      clearTimeout(held);
      over.abort();
    };
    const held = setTimeout(() => {
      stop();
      open(pressed);
    }, HELD_MS);
    const { signal } = over;
    const moved = ({ clientX, clientY }: PointerEvent) => {
      if (Math.hypot(clientX - event.clientX, clientY - event.clientY) > MOVED_PX) stop();
    };
    window.addEventListener("pointermove", moved, { signal });
    window.addEventListener("pointerup", stop, { signal });
    window.addEventListener("pointercancel", stop, { signal });
  };
}

export function openMenuOf(bubble: HTMLElement): void {
  bubble.querySelector<HTMLElement>('.message-acts [aria-haspopup="menu"][aria-expanded="false"]')?.click();
}
