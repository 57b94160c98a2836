import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Conversation, Id } from "../wire";
import { w } from "../words";
import { ConversationRow } from "./ConversationRow";
import { chosen } from "./choice";
import { RowChoice } from "./RowChoice";
import { RowSkeletons } from "./RowSkeletons";
import { ROW_HEIGHT, useWindow } from "./useWindow";
import { useWalk } from "./walking";
import { placeOf } from "./windowing";

interface Props {
  rows: readonly Conversation[];
  /** How many there are, of which `rows` may be the first ones. */
  total: number;
  openId: Id | null;
  searched?: string;
  hasMore?: boolean;
  /** The end of the rows is near. */
  onEnd?: () => void;
  /** What stands under the rows and scrolls with them. */
  below?: ComponentChildren;
}

const NEAR_END = 25;

/** Conversations below one another, of which only those in sight are drawn. */
export function Rows({ rows, total, openId, searched, hasMore = false, onEnd, below }: Props) {
  const { scroller, span, look, reveal } = useWindow(rows);
  const { stands, walking } = useWalk(rows, reveal);
  useEffect(() => reveal(openId ? placeOf(openId, rows) : -1), [openId]);
  const isNearEnd = hasMore && span.to > rows.length - NEAR_END;
  useEffect(() => {
    if (isNearEnd) onEnd?.();
  }, [isNearEnd, rows.length]);

  const places = Array.from({ length: span.to - span.from }, (_, at) => span.from + at);
  // Whoever walks keeps the row he stands on, wherever it goes.
  if (stands >= 0 && (stands < span.from || stands >= span.to)) places.push(stands);
  return (
    <div class="pane-scroll" ref={scroller} onScroll={look}>
      <ul
        class={chosen.value.size > 0 ? "rows rows-choosing" : "rows"}
        aria-label={w.inbox.title}
        style={{ height: `${rows.length * ROW_HEIGHT}px`, "--row-height": `${ROW_HEIGHT}px` }}
        {...walking}
      >
        {places.map((place) => {
          const row = rows[place];
          return (
            row && (
              <li
                key={row.id}
                class="rows-place"
                aria-setsize={Math.max(total, rows.length)}
                aria-posinset={place + 1}
                style={{ transform: `translateY(${place * ROW_HEIGHT}px)` }}
              >
                <RowChoice conversation={row} />
                <ConversationRow conversation={row} isOpen={row.id === openId} searched={searched} />
              </li>
            )
          );
        })}
      </ul>
      {/* New ones below what was loaded: those that stood here do not move away under it. */}
      {hasMore && <RowSkeletons key={rows.length} count={2} />}
      {below}
    </div>
  );
}
