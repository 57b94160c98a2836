import { memo } from "preact/compat";
import { me } from "../session";
import type { Row } from "../thread/rows";
import { clockTime, fullTime } from "../time";
import { Icon } from "../ui/Icon";
import { onLongPress } from "../ui/longPress";
import type { Contact, Id } from "../wire";
import { w } from "../words";
import { MessageActs } from "./MessageActs";
import { MessageBody } from "./MessageBody";
import { authorOf, Quote } from "./Quote";
import { ReactionMarks } from "./ReactionMarks";
import { Ticks } from "./Ticks";
import { Trouble } from "./Trouble";
import { tickOf } from "./ticks";

interface Props {
  row: Row;
  quoted: Row | undefined;
  conversationId: Id;
  contact: Contact;
  /** First of a run by the same author: it shows who that is. */
  isFirst: boolean;
}

export const rowElementId = (id: Id) => `message-${id}`;

function show(id: Id): void {
  const element = document.getElementById(rowElementId(id));
  element?.scrollIntoView({ block: "center", behavior: "smooth" });
  element?.focus({ preventScroll: true });
}

function Foot({ row }: { row: Row }) {
  const tick = tickOf(row);
  return (
    <span class={row.editedAt ? "bubble-foot bubble-foot-edited" : "bubble-foot"}>
      {row.editedAt && <span>{w.message.edited}</span>}
      <time dateTime={row.timestamp} title={fullTime(row.timestamp)}>
        {clockTime(row.timestamp)}
      </time>
      {tick && <Ticks tick={tick} />}
    </span>
  );
}

function sideOf(row: Row): string {
  if (row.type === "NOTE" || row.direction === "INTERNAL") return "note";
  return row.direction === "INBOUND" ? "in" : "out";
}

/** Our own name says nothing to us; a colleague's does, and so does that nobody has written it. */
function Author({ row, contact }: { row: Row; contact: Contact }) {
  if (row.automatic) {
    return (
      <span class="bubble-author bubble-automatic">
        <Icon name="bot" size={14} />
        {w.assistant.automatic[row.automatic]}
      </span>
    );
  }
  if (row.direction === "INBOUND" || row.sentById === me.value?.id) return null;
  return <span class="bubble-author">{authorOf(row, contact)}</span>;
}

function openMenuOf(bubble: HTMLElement): void {
  bubble.querySelector<HTMLElement>('.message-acts [aria-haspopup="menu"][aria-expanded="false"]')?.click();
}

const pressed = onLongPress(openMenuOf);

export const Bubble = memo(function Bubble({ row, quoted, conversationId, contact, isFirst }: Props) {
  const side = sideOf(row);
  return (
    <li
      id={rowElementId(row.id)}
      class={`message message-${side} ${isFirst ? "message-first" : ""}`}
      tabIndex={-1}
      data-message-type={row.type}
    >
      <div class={`bubble bubble-${side} bubble-of-${row.type.toLowerCase()}`} onPointerDown={pressed}>
        {isFirst && <Author row={row} contact={contact} />}
        {side === "note" && <span class="bubble-kind">{w.thread.note}</span>}
        {row.replyToId && (
          <Quote quoted={quoted} contact={contact} onOpen={quoted && (() => show(quoted.id))} />
        )}
        <MessageBody message={row} />
        <Foot row={row} />
        <ReactionMarks row={row} conversationId={conversationId} />
        {!row.local && <MessageActs row={row} conversationId={conversationId} />}
      </div>
      <Trouble row={row} conversationId={conversationId} />
    </li>
  );
});
