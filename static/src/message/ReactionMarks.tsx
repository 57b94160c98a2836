import { attempt } from "../notices";
import { may, me } from "../session";
import type { Row } from "../thread/rows";
import { react } from "../thread/sending";
import type { Id } from "../wire";
import { w } from "../words";
import { CUSTOMER, isAtWhatsApp } from "./reactions";

function whoReacted(by: Id): string {
  if (by === CUSTOMER) return w.composing.acts.reactedByCustomer;
  return by === me.value?.id ? w.composing.acts.reactedByYou : w.composing.acts.reactedByColleague;
}

/** Hangs from the bubble, as on the customer's phone. The house's own is taken back with a click. */
export function ReactionMarks({ row, conversationId }: { row: Row; conversationId: Id }) {
  if (row.reactions.length === 0) return null;
  const mayTakeBack = may("conversations.work") && isAtWhatsApp(row);
  return (
    <span class="reactions">
      {row.reactions.map(({ emoji, by }) =>
        by !== CUSTOMER && mayTakeBack ? (
          <button
            key={by}
            type="button"
            aria-label={`${w.composing.acts.unreact} ${emoji}`}
            title={`${whoReacted(by)}: ${w.composing.acts.unreact.toLowerCase()}`}
            onClick={() => attempt(() => react(conversationId, row, ""))}
          >
            {emoji}
          </button>
        ) : (
          <span key={by} role="img" aria-label={`${whoReacted(by)}: ${emoji}`} title={whoReacted(by)}>
            {emoji}
          </span>
        ),
      )}
    </span>
  );
}
