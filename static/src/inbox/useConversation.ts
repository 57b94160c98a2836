import { computed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Conversation, Id } from "../wire";
import { conversations } from "./conversations";

/** A conversation as it is now; what is drawn of it is not drawn again for news of others. */
export function useConversation(id: Id): Conversation | undefined {
  return useMemo(() => computed(() => conversations.value.get(id)), [id]).value;
}
