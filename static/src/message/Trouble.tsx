import { attempt, problemText } from "../notices";
import type { Row } from "../thread/rows";
import { discard, retryMessage, sendAgain } from "../thread/sending";
import { Icon } from "../ui/Icon";
import type { Id } from "../wire";
import { w } from "../words";
import { tickOf } from "./ticks";

interface Props {
  row: Row;
  conversationId: Id;
}

function LocalTrouble({ row, conversationId }: Props) {
  const { state, problem } = row.local ?? {};
  // What is held is decided beside the composer, with the newer messages in sight.
  if (state === "held") return <p class="trouble">{w.message.held}</p>;
  return (
    <div class="trouble">
      <p>
        <Icon name="alert" size={15} />
        <span>
          <strong>{w.message.unsent}</strong> {problem && problemText(problem)}
        </span>
      </p>
      <div class="trouble-acts">
        <button type="button" class="link-button" onClick={() => sendAgain(conversationId, row)}>
          {w.message.retryLocal}
        </button>
        <button type="button" class="link-button" onClick={() => discard(conversationId, row)}>
          {w.message.discard}
        </button>
      </div>
    </div>
  );
}

function ProviderTrouble({ row, conversationId }: Props) {
  const isFailed = tickOf(row) === "failed";
  const { error } = row;
  const title = isFailed ? error?.title || w.message.failed : w.message.ambiguous;
  const cause = isFailed ? error?.cause : w.message.ambiguousText;
  const mayRetry = !isFailed || error?.retryable !== false;
  return (
    <div class="trouble">
      <p>
        <Icon name="alert" size={15} />
        <span>
          <strong>{title}</strong> {cause}
        </span>
      </p>
      {isFailed && error?.nextStep && (
        <p class="trouble-next">
          <strong>{w.message.nextStep}</strong> {error.nextStep}
        </p>
      )}
      {mayRetry && (
        <button
          type="button"
          class="link-button"
          onClick={() => attempt(() => retryMessage(conversationId, row.id))}
        >
          <Icon name="retry" size={14} />
          {w.message.retry}
        </button>
      )}
    </div>
  );
}

/** Why a message did not get there, what to do about it, and the button that does it. */
export function Trouble({ row, conversationId }: Props) {
  if (row.local) return row.local.state === "sending" ? null : <LocalTrouble {...{ row, conversationId }} />;
  const tick = tickOf(row);
  return tick === "failed" || tick === "ambiguous" ? <ProviderTrouble {...{ row, conversationId }} /> : null;
}
