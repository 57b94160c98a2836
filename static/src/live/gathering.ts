/** No screen is drawn more often. */
const FRAME_MS = 16;

/** Hands on at once what comes slowly; what comes faster than it could be drawn, together and in its order. */
export function gathered<T>(handOn: (all: readonly T[]) => void): (one: T) => void {
  let waiting: T[] = [];
  let isResting = false;

  function flush(): void {
    const all = waiting;
    waiting = [];
    isResting = all.length > 0;
    if (!isResting) return;
    setTimeout(flush, FRAME_MS);
    handOn(all);
  }

  return (one) => {
    waiting.push(one);
    // Nothing is drawn of a hidden window, and its timers may rest for a minute.
    if (!isResting || document.visibilityState === "hidden") flush();
  };
}
