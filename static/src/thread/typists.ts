import { signal } from "@preact/signals";
import type { Id } from "../wire";

const FORGET_MS = 6_000;

interface Typist {
  conversationId: Id;
  userId: Id;
  userName: string;
}

/** Colleagues who are typing now, in any conversation. */
export const typists = signal<readonly Typist[]>([]);

const forgetting = new Map<string, ReturnType<typeof setTimeout>>();

export function heardTyping({ isTyping, ...typist }: Typist & { isTyping: boolean }): void {
  stoppedTyping(typist.conversationId, typist.userId);
  if (!isTyping) return;
  typists.value = [...typists.value, typist];
  // The word that he stopped may be lost with its connection.
  const forget = () => stoppedTyping(typist.conversationId, typist.userId);
  forgetting.set(keyOf(typist), setTimeout(forget, FORGET_MS));
}

export function stoppedTyping(conversationId: Id, userId: Id): void {
  const key = keyOf({ conversationId, userId });
  clearTimeout(forgetting.get(key));
  forgetting.delete(key);
  typists.value = typists.value.filter((one) => keyOf(one) !== key);
}

const keyOf = ({ conversationId, userId }: Pick<Typist, "conversationId" | "userId">) =>
  `${conversationId} ${userId}`;
