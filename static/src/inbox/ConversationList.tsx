import { w } from "../words";
import { counts } from "./counts";
import { EmptyTab } from "./EmptyTab";
import { chosenFilters, filters } from "./filters";
import { MessageHits } from "./MessageHits";
import { messageHits } from "./messageHits";
import { RowSkeletons } from "./RowSkeletons";
import { Rows } from "./Rows";
import { searchFailed, searchRows, searchText, searchTotal } from "./search";
import { loadFirstPage, loadNextPage, shelf, tab, tabRows } from "./tabs";

interface Props {
  openId: string | null;
}

function Searched({ openId }: Props) {
  if (searchFailed.value) return <p class="list-note">{w.problem.list}</p>;
  if (!searchRows.value) return <RowSkeletons count={4} />;
  const [rows, total, text] = [searchRows.value, searchTotal.value, searchText.value];
  if (rows.length === 0 && messageHits.value.length === 0) {
    return <p class="list-note">{w.inbox.noResults(text)}</p>;
  }
  return (
    <>
      {rows.length > 0 && (
        <p class="list-found" role="status">
          {w.inbox.found(rows.length, total)}
        </p>
      )}
      <Rows key={text} rows={rows} total={total} openId={openId} searched={text} below={<MessageHits />} />
    </>
  );
}

function Failed() {
  return (
    <div class="list-note" role="alert">
      <p>{w.problem.list}</p>
      <button type="button" class="button" onClick={() => void loadFirstPage(tab.value)}>
        {w.tryAgain}
      </button>
    </div>
  );
}

export function ConversationList({ openId }: Props) {
  if (searchText.value.trim()) return <Searched openId={openId} />;
  const { state, next } = shelf.value;
  const rows = tabRows.value;
  if (state === "failed" && rows.length === 0) return <Failed />;
  if (rows.length === 0) return state === "ready" && !next ? <EmptyTab /> : <RowSkeletons count={8} />;
  return (
    <Rows
      key={`${tab.value} ${chosenFilters().map((name) => filters.value[name])}`}
      rows={rows}
      total={counts.value?.[tab.value].conversations ?? rows.length}
      openId={openId}
      hasMore={next !== null}
      onEnd={() => void loadNextPage(tab.value)}
    />
  );
}
