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
  const key = `${typist.conversationId} ${typist.userId}`;
  clearTimeout(forgetting.get(key));
  const others = typists.value.filter((one) => !isSame(one, typist));
  typists.value = isTyping ? [...others, typist] : others;
  // The message that says "stopped" may be lost with its connection.
  if (isTyping)
    forgetting.set(
      key,
      setTimeout(() => heardTyping({ ...typist, isTyping: false }), FORGET_MS),
    );
}

const isSame = (a: Typist, b: Typist) => a.userId === b.userId && a.conversationId === b.conversationId;
