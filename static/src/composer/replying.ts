import { signal } from "@preact/signals";
import type { Id, Message } from "../wire";

export const COMPOSER_ID = "composer-text";

/** The message that the next one answers, by conversation. */
export const replies = signal<ReadonlyMap<Id, Message>>(new Map());

export function replyTo(conversationId: Id, message: Message): void {
  replies.value = new Map(replies.value).set(conversationId, message);
  document.getElementById(COMPOSER_ID)?.focus();
}

export function stopReplying(conversationId: Id): void {
  const next = new Map(replies.value);
  next.delete(conversationId);
  replies.value = next;
}

/** The reply that goes with what is sent now; with that it is over. */
export function takeReply(conversationId: Id): { replyToId?: Id } {
  const replyToId = replies.value.get(conversationId)?.id;
  stopReplying(conversationId);
  return replyToId ? { replyToId } : {};
}
