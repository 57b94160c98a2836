import { useEffect, useRef } from "preact/hooks";
import type { Conversation } from "../wire";
import { w } from "../words";
import { ConversationRow } from "./ConversationRow";
import { EmptyTab } from "./EmptyTab";
import { RowSkeletons } from "./RowSkeletons";
import { searchFailed, searchRows, searchText } from "./search";
import { loadFirstPage, loadNextPage, shelf, tab, tabRows } from "./tabs";

/** Up and down walk the rows; Enter, being a link, opens. */
function walk(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const links = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("a.row")];
  const place = links.indexOf(document.activeElement as HTMLElement);
  links[Math.max(0, Math.min(links.length - 1, place + by))]?.focus();
}

function Rows({ rows, openId }: { rows: readonly Conversation[]; openId: string | null }) {
  return (
    <ul class="rows" aria-label={w.inbox.title} onKeyDown={walk}>
      {rows.map((row) => (
        <ConversationRow key={row.id} conversation={row} isOpen={row.id === openId} />
      ))}
    </ul>
  );
}

function MoreRows() {
  const ref = useRef<HTMLDivElement>(null);
  const { next, state } = shelf.value;
  useEffect(() => {
    const end = ref.current;
    if (!end || !next || state !== "ready") return;
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting && void loadNextPage(tab.value));
    seen.observe(end);
    return () => seen.disconnect();
  }, [next, state]);
  return <div ref={ref}>{next && <RowSkeletons count={2} />}</div>;
}

function Found({ openId }: { openId: string | null }) {
  if (searchFailed.value) return <p class="list-note">{w.problem.list}</p>;
  if (!searchRows.value) return <RowSkeletons count={4} />;
  if (searchRows.value.length === 0) return <p class="list-note">{w.inbox.noResults(searchText.value)}</p>;
  return <Rows rows={searchRows.value} openId={openId} />;
}

export function ConversationList({ openId }: { openId: string | null }) {
  if (searchText.value.trim()) return <Found openId={openId} />;
  const { state, next } = shelf.value;
  const rows = tabRows.value;
  if (state === "failed" && rows.length === 0) {
    return (
      <div class="list-note" role="alert">
        <p>{w.problem.list}</p>
        <button type="button" class="button" onClick={() => void loadFirstPage(tab.value)}>
          {w.tryAgain}
        </button>
      </div>
    );
  }
  if (rows.length === 0) return state === "ready" && !next ? <EmptyTab /> : <RowSkeletons count={8} />;
  return (
    <>
      <Rows rows={rows} openId={openId} />
      <MoreRows />
    </>
  );
}
