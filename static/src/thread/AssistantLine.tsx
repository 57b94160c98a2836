import { rowElementId } from "../message/Bubble";
import { may } from "../session";
import { rowTime } from "../time";
import { Icon } from "../ui/Icon";
import type { Conversation, Instant } from "../wire";
import { w } from "../words";
import type { Row } from "./rows";
import { rowsOf } from "./threads";

// The summary is written in the same moment in which people are called.
const TOGETHER_MS = 5_000;

export function summaryOf(rows: readonly Row[], escalatedAt: Instant): Row | undefined {
  const at = Date.parse(escalatedAt);
  return rows.find((row) => row.type === "NOTE" && Math.abs(Date.parse(row.timestamp) - at) < TOGETHER_MS);
}

function show(row: Row): void {
  const element = document.getElementById(rowElementId(row.id));
  element?.scrollIntoView({ block: "center" });
  element?.focus({ preventScroll: true });
}

function HandedOver({ conversation, at }: { conversation: Conversation; at: Instant }) {
  const summary = summaryOf(rowsOf(conversation.id), at);
  return (
    <p class="assistant-line assistant-handed">
      <Icon name="bot" />
      <span class="assistant-words">
        <strong>{w.assistant.handedOver}</strong>
        <time dateTime={at}>{rowTime(at)}</time>
        {conversation.escalationReason && <span>{conversation.escalationReason}</span>}
      </span>
      {summary && (
        <button type="button" class="link-button" onClick={() => show(summary)}>
          {w.assistant.summary}
        </button>
      )}
    </p>
  );
}

/** That nobody has to answer yet, or why somebody has to now. */
export function AssistantLine({ conversation }: { conversation: Conversation }) {
  const { status, withAssistant, escalatedAt } = conversation;
  if (status === "CLOSED") return null;
  if (escalatedAt) return <HandedOver conversation={conversation} at={escalatedAt} />;
  if (!withAssistant) return null;
  return (
    <p class="assistant-line">
      <Icon name="bot" />
      <span class="assistant-words">
        <strong>{w.assistant.answering}</strong>
        {may("conversations.work") && <span>{w.assistant.answeringText}</span>}
      </span>
    </p>
  );
}
