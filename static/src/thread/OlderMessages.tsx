import { useEffect, useRef } from "preact/hooks";
import { w } from "../words";

/** Asks for the page before as soon as the top of the thread is near. */
export function OlderMessages({ onSeen }: { onSeen: () => void }) {
  const ref = useRef<HTMLParagraphElement>(null);
  const seen = useRef(onSeen);
  seen.current = onSeen;
  useEffect(() => {
    const top = ref.current;
    if (!top) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && seen.current(), {
      root: top.closest(".thread-scroll"),
      rootMargin: "300px 0px 0px 0px",
    });
    observer.observe(top);
    return () => observer.disconnect();
  }, []);
  return (
    <p class="older" ref={ref} role="status">
      {w.thread.older}
    </p>
  );
}
