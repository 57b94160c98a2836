import { may } from "../session";
import { Icon } from "../ui/Icon";
import type { Conversation } from "../wire";
import { w } from "../words";
import { wake } from "./acts";
import { momentText } from "./snoozing";

/** Says of a conversation that is put aside when it comes back. */
export function SnoozedLine({ conversation: { id, snoozedUntil } }: { conversation: Conversation }) {
  if (!snoozedUntil) return null;
  return (
    <p class="snoozed-line">
      <Icon name="snooze" size={16} />
      <time dateTime={snoozedUntil}>{w.desk.snooze.until(momentText(snoozedUntil))}</time>
      {may("conversations.work") && (
        <button type="button" class="link-button" onClick={() => wake(id)}>
          {w.desk.snooze.wake}
        </button>
      )}
    </p>
  );
}
