import { me } from "../session";
import type { Conversation } from "../wire";
import { w } from "../words";

/** Who answers, in a word. */
export function assigneeName({ assignedTo, assignedToId, withAssistant }: Conversation): string {
  if (!assignedToId) return withAssistant ? w.assistant.name : w.inbox.unassigned;
  return assignedToId === me.value?.id ? w.inbox.you : (assignedTo?.name ?? "");
}
