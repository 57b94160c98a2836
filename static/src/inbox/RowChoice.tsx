import { nameOf } from "../contact/name";
import { may } from "../session";
import type { Conversation } from "../wire";
import { w } from "../words";
import { choose, chooseTo, chosen } from "./choice";

/** Shown over the row's picture where the pointer is, and on every row once one is chosen. */
export function RowChoice({ conversation: { id, contact } }: { conversation: Conversation }) {
  if (!may("conversations.work")) return null;
  const onClick = (event: MouseEvent) => (event.shiftKey ? chooseTo(id) : choose(id));
  return (
    <label class="row-choice">
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={w.desk.choice.choose(nameOf(contact))}
        checked={chosen.value.has(id)}
        onClick={onClick}
      />
    </label>
  );
}
