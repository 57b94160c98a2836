import { attempt, problemText } from "../notices";
import { may } from "../session";
import type { Row } from "../thread/rows";
import { discard, discardMessage, retryMessage, sendAgain } from "../thread/sending";
import { Icon } from "../ui/Icon";
import { OwnWords } from "../ui/OwnWords";
import type { Id } from "../wire";
import { w } from "../words";
import { failureOf } from "../words/explain";
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

function RetryButton({ row, conversationId }: Props) {
  if (!may("conversations.work")) return null;
  return (
    <button
      type="button"
      class="link-button"
      onClick={() => attempt(() => retryMessage(conversationId, row.id))}
    >
      <Icon name="retry" size={14} />
      {w.message.retry}
    </button>
  );
}

function Failed({ row, conversationId }: Props) {
  const { code, retryable } = row.error ?? {};
  const { title, cause, nextStep } = (code && failureOf(code)) || (row.error ?? {});
  return (
    <div class="trouble">
      <p>
        <Icon name="alert" size={15} />
        <span>
          <strong>{title || w.message.failed}</strong> {cause} <OwnWords text={row.error?.detail} />
        </span>
      </p>
      {nextStep && (
        <p class="trouble-next">
          <strong>{w.message.nextStep}</strong> {nextStep}
        </p>
      )}
      {retryable !== false && <RetryButton row={row} conversationId={conversationId} />}
    </div>
  );
}

function Ambiguous({ row, conversationId }: Props) {
  const mayDecide = row.unconfirmed && may("conversations.work");
  return (
    <div class="trouble trouble-ambiguous">
      <p>
        <Icon name="clock" size={15} />
        <span>
          <strong>{w.message.ambiguous}</strong> {mayDecide ? w.message.ambiguousText : w.message.confirming}
        </span>
      </p>
      {mayDecide && (
        <div class="trouble-acts">
          <RetryButton row={row} conversationId={conversationId} />
          <button
            type="button"
            class="link-button"
            onClick={() => attempt(() => discardMessage(conversationId, row.id))}
          >
            {w.message.discard}
          </button>
        </div>
      )}
    </div>
  );
}

/** Why a message did not get there, what to do about it, and the button that does it. */
export function Trouble(props: Props) {
  const { local } = props.row;
  if (local) return local.state === "sending" ? null : <LocalTrouble {...props} />;
  const tick = tickOf(props.row);
  if (tick === "failed") return <Failed {...props} />;
  return tick === "ambiguous" ? <Ambiguous {...props} /> : null;
}
