import { tell } from "../live/live";
import type { Id } from "../wire";

const REPEAT_MS = 2_000;
const STOP_MS = 3_000;

let toldAt = 0;
let stopping: ReturnType<typeof setTimeout> | undefined;

export function tellTyping(conversationId: Id): void {
  clearTimeout(stopping);
  stopping = setTimeout(() => tellStopped(conversationId), STOP_MS);
  if (Date.now() - toldAt < REPEAT_MS) return;
  toldAt = Date.now();
  tell("conversation:typing", { conversationId, isTyping: true });
}

export function tellStopped(conversationId: Id): void {
  clearTimeout(stopping);
  if (toldAt === 0) return;
  toldAt = 0;
  tell("conversation:typing", { conversationId, isTyping: false });
}
