import { nameOf } from "../contact/name";
import { previewOf } from "../message/preview";
import { go, href } from "../route";
import { showMessage } from "../thread/showing";
import { rowTime } from "../time";
import { w } from "../words";
import { Found } from "./Found";
import { type MessageHit, messageHits } from "./messageHits";
import { searchText } from "./search";

const BEFORE = 24;

/** The part of a text in which the first hit is seen. */
function around(text: string, searched: string): string {
  const at = text.toLowerCase().indexOf(searched.trim().split(/\s+/)[0]?.toLowerCase() ?? "");
  return at > BEFORE * 2 ? `…${text.slice(at - BEFORE)}` : text;
}

function open({ id, conversationId }: MessageHit): void {
  showMessage(conversationId, id);
  go(href.conversation(conversationId));
}

function Hit({ hit }: { hit: MessageHit }) {
  const text = around(previewOf(hit), searchText.value);
  return (
    <li>
      <button type="button" class="message-hit" onClick={() => open(hit)}>
        <span class="row-name">{nameOf({ profilePictureUrl: null, ...hit.conversation.contact })}</span>
        <time class="row-time" dateTime={hit.timestamp}>
          {rowTime(hit.timestamp)}
        </time>
        <span class="message-hit-text">
          <Found text={text} searched={searchText.value} />
        </span>
      </button>
    </li>
  );
}

/** Below the conversations found: where it was said. */
export function MessageHits() {
  const hits = messageHits.value;
  if (hits.length === 0) return null;
  return (
    <section class="message-hits" aria-label={w.desk.found.messages}>
      <h2 class="list-found">{w.desk.found.messages}</h2>
      <ul>
        {hits.map((hit) => (
          <Hit key={hit.id} hit={hit} />
        ))}
      </ul>
    </section>
  );
}
