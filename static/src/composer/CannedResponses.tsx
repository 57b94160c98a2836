import { useEffect } from "preact/hooks";
import { cannedResponses } from "../lists";
import { plain } from "../plain";
import type { CannedResponse } from "../wire";
import { w } from "../words";

const MAX_OFFERED = 8;

/** Responses whose shortcut begins with what follows the slash, then those that only mention it. */
export function matching(typed: string): readonly CannedResponse[] {
  const wanted = plain(typed);
  const all = cannedResponses.rows.value;
  const begins = all.filter((one) => plain(one.shortcut).replace(/^\//, "").startsWith(wanted));
  const mentions = all.filter((one) => plain(`${one.title ?? ""} ${one.content}`).includes(wanted));
  return [...new Set([...begins, ...mentions])].slice(0, MAX_OFFERED);
}

interface Props {
  id: string;
  responses: readonly CannedResponse[];
  place: number;
  textOf: (response: CannedResponse) => string;
  onPick: (response: CannedResponse) => void;
}

export function CannedResponses({ id, responses, place, textOf, onPick }: Props) {
  useEffect(() => void cannedResponses.load(), []);
  return (
    <div class="canned" role="listbox" id={id} aria-label={w.composer.canned}>
      {responses.map((response, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the text box that owns this list.
        <div
          key={response.id}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === place}
          class="canned-option"
          onClick={() => onPick(response)}
        >
          <strong>/{response.shortcut.replace(/^\//, "")}</strong>
          <span>{textOf(response)}</span>
        </div>
      ))}
      {responses.length === 0 && (
        <p class="menu-note">{cannedResponses.state.value === "loading" ? w.loading : w.composer.noCanned}</p>
      )}
    </div>
  );
}
