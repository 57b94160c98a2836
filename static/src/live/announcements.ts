import { signal } from "@preact/signals";
import { nameOf } from "../contact/name";
import { previewOf } from "../message/preview";
import type { Conversation, Message } from "../wire";
import { w } from "../words";

/** The latest thing a screen reader should say without being asked. */
export const announcement = signal("");

export function announceMessage(conversation: Conversation, message: Message): void {
  announcement.value = w.live.newMessage(nameOf(conversation.contact), previewOf(message));
}
