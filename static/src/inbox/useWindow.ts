import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { drawn, type Listed, movedBy, revealing } from "./windowing";

export const ROW_HEIGHT = 84;

const atFirst = { first: 0, shown: 12 };

/** A scrolled list of which only the seen part is drawn, and which stays where the reader is when rows move above. */
export function useWindow(rows: readonly Listed[]) {
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(atFirst);
  const before = useRef(rows);

  const look = () => {
    const box = scroller.current;
    if (!box) return;
    const first = Math.max(0, Math.floor(box.scrollTop / ROW_HEIGHT));
    const shown = Math.ceil(box.clientHeight / ROW_HEIGHT);
    setSeen((known) => (known.first === first && known.shown === shown ? known : { first, shown }));
  };

  // At the very top the newest is what the reader wants to see.
  const isAtTop = seen.first === 0;
  const lookedAt = { from: seen.first, to: seen.first + seen.shown };
  const moved = isAtTop || before.current === rows ? 0 : movedBy(before.current, rows, lookedAt);

  useLayoutEffect(() => {
    before.current = rows;
    // Only then: to look is to have the page laid out at once.
    if (moved === 0 || !scroller.current) return;
    scroller.current.scrollTop += moved * ROW_HEIGHT;
    look();
  }, [rows]);

  useEffect(() => {
    if (!scroller.current) return;
    const resized = new ResizeObserver(look);
    resized.observe(scroller.current);
    return () => resized.disconnect();
  }, []);

  const reveal = (place: number) => {
    const box = scroller.current;
    if (box && place >= 0) box.scrollTop = revealing(place, box.scrollTop, box.clientHeight, ROW_HEIGHT);
    look();
  };

  return { scroller, span: drawn(seen.first + moved, seen.shown, rows.length), look, reveal };
}
