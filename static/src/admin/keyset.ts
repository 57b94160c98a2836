import { useEffect, useRef, useState } from "preact/hooks";
import { attempt } from "../notices";

interface Page<T> {
  data: T[];
  nextCursor: string | null;
}

export interface Keyset<T> {
  rows: readonly T[];
  state: "loading" | "ready" | "failed";
  hasMore: boolean;
  isReadingMore: boolean;
  more: () => Promise<void>;
  reload: () => Promise<void>;
}

/** A long list, read a page at a time; anew whenever `about` changes. */
export function useKeyset<T>(about: string, read: (cursor?: string) => Promise<Page<T>>): Keyset<T> {
  const [rows, setRows] = useState<readonly T[]>([]);
  const [state, setState] = useState<Keyset<T>["state"]>("loading");
  const [cursor, setCursor] = useState<string | null>(null);
  const [isReadingMore, setReadingMore] = useState(false);
  const asked = useRef(0);

  const reload = async () => {
    const own = ++asked.current;
    setState((before) => (before === "failed" ? "loading" : before));
    try {
      const page = await read();
      // Another filter may have been chosen meanwhile.
      if (own !== asked.current) return;
      setRows(page.data);
      setCursor(page.nextCursor);
      setState("ready");
    } catch {
      if (own === asked.current) setState("failed");
    }
  };
  const more = async () => {
    if (!cursor || isReadingMore) return;
    const own = asked.current;
    setReadingMore(true);
    await attempt(async () => {
      const page = await read(cursor);
      if (own !== asked.current) return;
      setRows((before) => [...before, ...page.data]);
      setCursor(page.nextCursor);
    });
    setReadingMore(false);
  };
  useEffect(() => void reload(), [about]);
  return { rows, state, hasMore: cursor !== null, isReadingMore, more, reload };
}
