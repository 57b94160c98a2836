import { tell } from "../live/live";
import type { Id } from "../wire";

const REPEAT_MS = 2_000;
const STOP_MS = 3_000;

let told: { conversationId: Id; at: number } | null = null;
let stopping: ReturnType<typeof setTimeout> | undefined;

export function tellTyping(conversationId: Id): void {
  if (told && told.conversationId !== conversationId) tellStopped();
  clearTimeout(stopping);
  stopping = setTimeout(tellStopped, STOP_MS);
  if (told && Date.now() - told.at < REPEAT_MS) return;
  told = { conversationId, at: Date.now() };
  tell("conversation:typing", { conversationId, isTyping: true });
}

export function tellStopped(): void {
  clearTimeout(stopping);
  if (!told) return;
  tell("conversation:typing", { conversationId: told.conversationId, isTyping: false });
  told = null;
}
