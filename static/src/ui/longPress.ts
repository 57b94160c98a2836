const HELD_MS = 450;
const MOVED_PX = 10;

/**
 * The tap that ends the press has done its work already, whatever lies under the finger by then; so has the menu that
 * a browser opens for a link.
 */
function swallowRest(): void {
  const over = new AbortController();
  const { signal } = over;
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener("click", swallow, { signal, capture: true });
  window.addEventListener("contextmenu", swallow, { signal, capture: true });
  // A click comes right after the finger has gone, or not at all.
  window.addEventListener("pointerup", () => setTimeout(() => over.abort(), 50), { signal });
  window.addEventListener("pointerdown", () => over.abort(), { signal });
}

/** A finger that rests on something does `work`; one that moves is scrolling. */
export function onLongPress(work: (pressed: HTMLElement) => void) {
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
      // After the work, which may click something itself.
      work(pressed);
      swallowRest();
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
