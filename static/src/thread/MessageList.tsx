import { Fragment } from "preact";
import { memo } from "preact/compat";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Bubble } from "../message/Bubble";
import { drawn } from "../message/reactions";
import { attempt } from "../notices";
import { dayName } from "../time";
import { Icon } from "../ui/Icon";
import type { Contact, Conversation, Id } from "../wire";
import { w } from "../words";
import { placeRows } from "./grouping";
import { OlderMessages } from "./OlderMessages";
import { forgetOlder, loadOlder, openThread, type Thread, threads } from "./threads";
import { useScroll } from "./useScroll";

const noRows: Thread["rows"] = [];

interface RowsProps {
  conversationId: Id;
  contact: Contact;
  rows: Thread["rows"];
}

const Rows = memo(function Rows({ conversationId, contact, rows }: RowsProps) {
  const byId = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  return (
    <ol class="messages" aria-label={w.thread.messages}>
      {placeRows(rows).map(({ row, day, isFirst }) => (
        <Fragment key={row.clientMessageId ?? row.id}>
          {day && (
            <li class="day">
              <span>{dayName(day)}</span>
            </li>
          )}
          <Bubble
            row={row}
            quoted={row.replyToId ? byId.get(row.replyToId) : undefined}
            conversationId={conversationId}
            contact={contact}
            isFirst={isFirst}
          />
        </Fragment>
      ))}
    </ol>
  );
});

function Failed({ onRetry }: { onRetry: () => void }) {
  return (
    <div class="list-note" role="alert">
      <p>{w.thread.failed}</p>
      <button type="button" class="button" onClick={onRetry}>
        {w.tryAgain}
      </button>
    </div>
  );
}

export function MessageList({ conversation }: { conversation: Conversation }) {
  const { id } = conversation;
  const thread = threads.value.get(id);
  const all = thread?.rows ?? noRows;
  const rows = useMemo(() => drawn(all), [all]);
  const scroller = useRef<HTMLDivElement>(null);
  const { onScroll, toEnd, isAtEnd, newBelow } = useScroll(scroller, rows);
  // Not for every change of rows: the older ones that have just been asked for must stay.
  useEffect(() => {
    if (isAtEnd()) forgetOlder(id);
  }, [rows.at(-1)?.id]);
  useEffect(() => () => forgetOlder(id), [id]);
  // A short first page may leave the older ones above the fold: the sentinel sees to it once it is shown.
  useEffect(() => onScroll(), [id]);
  return (
    <div class="thread-body">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <div class="thread-scroll" ref={scroller} onScroll={onScroll} tabIndex={0}>
        <div class="thread-column">
          {thread?.hasOlder && <OlderMessages onSeen={() => attempt(() => loadOlder(id))} />}
          {thread?.state === "failed" && <Failed onRetry={() => void openThread(id)} />}
          {thread?.state === "ready" && rows.length === 0 && <p class="list-note">{w.thread.empty}</p>}
          <Rows conversationId={id} contact={conversation.contact} rows={rows} />
        </div>
      </div>
      {newBelow > 0 && (
        <button type="button" class="to-end" onClick={toEnd}>
          <Icon name="arrowDown" size={16} />
          {w.thread.newBelow(newBelow)}
        </button>
      )}
    </div>
  );
}
