import { previewOf } from "../message/preview";
import { authorOf } from "../message/Quote";
import type { Row } from "../thread/rows";
import { discard, newerMessages, sendAgain } from "../thread/sending";
import { threads } from "../thread/threads";
import { Icon } from "../ui/Icon";
import type { Conversation } from "../wire";
import { w } from "../words";
import { keepDraft } from "./drafts";
import { COMPOSER_ID } from "./replying";

function edit(conversationId: string, row: Row): void {
  keepDraft(conversationId, row.content ?? "");
  discard(conversationId, row);
  document.getElementById(COMPOSER_ID)?.focus();
}

/** A colleague was faster: what was said is shown before ours goes. */
export function AnsweredMeanwhile({ conversation }: { conversation: Conversation }) {
  const { id, contact } = conversation;
  const held = threads.value.get(id)?.rows.find((row) => row.local?.state === "held");
  if (!held?.local?.problem) return null;
  const newer = newerMessages(held.local.problem);
  return (
    <section class="answered" role="alert" aria-label={w.composer.answered}>
      <p>
        <Icon name="alert" size={16} />
        <strong>{w.composer.answered}</strong> {w.composer.answeredText(newer.length)}
      </p>
      <ul>
        {newer.map((message) => (
          <li key={message.id}>
            <strong>{authorOf(message, contact)}:</strong> {previewOf(message)}
          </li>
        ))}
      </ul>
      <div class="answered-acts">
        <button type="button" class="button button-main" onClick={() => sendAgain(id, held, { force: true })}>
          {w.message.sendAnyway}
        </button>
        {held.type === "TEXT" && (
          <button type="button" class="button" onClick={() => edit(id, held)}>
            {w.composer.edit}
          </button>
        )}
        <button type="button" class="button" onClick={() => discard(id, held)}>
          {w.message.discard}
        </button>
      </div>
    </section>
  );
}
