import { signal } from "@preact/signals";

/** The present, moved every second while somebody watches the waiting. */
export const second = signal(Date.now());

export function tick(): () => void {
  second.value = Date.now();
  const timer = setInterval(() => {
    second.value = Date.now();
  }, 1_000);
  return () => clearInterval(timer);
}
