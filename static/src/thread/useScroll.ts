import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Row } from "./rows";

const NEAR_PX = 60;

interface Seen {
  firstId: string | undefined;
  lastId: string | undefined;
  height: number;
  top: number;
}

const nothingSeen: Seen = { firstId: undefined, lastId: undefined, height: 0, top: 0 };

/** Keeps a thread where the reader is: at the end while they are there, on the same message when older ones come. */
export function useScroll(scroller: RefObject<HTMLDivElement | null>, rows: readonly Row[]) {
  const seen = useRef(nothingSeen);
  const atEnd = useRef(true);
  const [newBelow, setNewBelow] = useState(0);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const before = seen.current;
    const added = rows.length - 1 - rows.findIndex((row) => row.id === before.lastId);
    const isOwn = rows.at(-1)?.local !== undefined && rows.at(-1)?.id !== before.lastId;
    if (before.lastId === undefined || atEnd.current || isOwn) box.scrollTop = box.scrollHeight;
    else if (rows[0]?.id !== before.firstId) box.scrollTop = before.top + box.scrollHeight - before.height;
    else if (added > 0) setNewBelow((count) => count + added);
    seen.current = {
      firstId: rows[0]?.id,
      lastId: rows.at(-1)?.id,
      height: box.scrollHeight,
      top: box.scrollTop,
    };
  }, [rows]);

  // A picture that loads, or the composer that grows, must not push the last message out of sight.
  useEffect(() => {
    const box = scroller.current;
    const content = box?.firstElementChild;
    if (!box || !content) return;
    const resized = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTop = box.scrollHeight;
    });
    resized.observe(box);
    resized.observe(content);
    return () => resized.disconnect();
  }, []);

  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    seen.current = { ...seen.current, height: box.scrollHeight, top: box.scrollTop };
    if (atEnd.current) setNewBelow(0);
  };
  const toEnd = () => {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };
  const isAtEnd = () => atEnd.current;
  return { onScroll, toEnd, isAtEnd, newBelow };
}
