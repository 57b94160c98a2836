import { useEffect } from "preact/hooks";
import { channels } from "../lists";
import { href } from "../route";
import { isAdmin } from "../session";
import { EmptyState } from "../ui/EmptyState";
import { w } from "../words";
import { tab } from "./tabs";

/** An empty tab says why; to an administrator without a number, it says what to do first. */
export function EmptyTab() {
  useEffect(() => {
    if (isAdmin.value) void channels.load();
  }, []);
  const hasNoNumber = isAdmin.value && channels.state.value === "ready" && channels.rows.value.length === 0;
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
