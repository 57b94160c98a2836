import { useEffect } from "preact/hooks";
import { channels } from "../lists";
import { href } from "../route";
import { may } from "../session";
import { EmptyState } from "../ui/EmptyState";
import { w } from "../words";
import { chosenFilters } from "./filters";
import { tab } from "./tabs";

/** An empty tab says why; to an administrator without a number, it says what to do first. */
export function EmptyTab() {
  const mayConnect = may("channels.edit");
  useEffect(() => {
    if (mayConnect) void channels.load();
  }, [mayConnect]);
  const hasNoNumber = mayConnect && channels.state.value === "ready" && channels.rows.value.length === 0;
  if (chosenFilters().length > 0) return <EmptyState icon="filter" title={w.filters.nothing} />;
  if (hasNoNumber) {
    return (
      <EmptyState icon="channel" title={w.inbox.connectTitle} text={w.inbox.connectText}>
        <a class="button button-main" href={href.channels}>
          {w.inbox.connect}
        </a>
      </EmptyState>
    );
  }
  return <EmptyState icon="chat" title={w.inbox.emptyTitle[tab.value]} text={w.inbox.emptyText[tab.value]} />;
}
