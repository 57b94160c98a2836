import { useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { onEveryConnection, tell } from "../live/live";
import type { Id } from "../wire";
import { viewersOf } from "./viewers";

const SAY_EVERY_MS = 15_000;

const say = (conversationId: Id, isViewing: boolean) =>
  tell("conversation:viewing", { conversationId, isViewing });

/** Tells colleagues who have the same conversation open that I am looking at it. */
export function useViewing(conversationId: Id): void {
  const look = () => document.visibilityState === "visible" && say(conversationId, true);
  useEffect(() => {
    const turn = () => say(conversationId, document.visibilityState === "visible");
    const stop = onEveryConnection(look);
    const repeating = setInterval(look, SAY_EVERY_MS);
    document.addEventListener("visibilitychange", turn);
    return () => {
      stop();
      clearInterval(repeating);
      document.removeEventListener("visibilitychange", turn);
      say(conversationId, false);
    };
  }, [conversationId]);
  // Whoever has just come did not hear what I said before.
  useSignalEffect(() => {
    if (viewersOf(conversationId).length > 0) look();
  });
}
