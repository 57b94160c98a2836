import { useSignalEffect } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { Composer } from "../composer/Composer";
import { nameOf } from "../contact/name";
import { conversations, fetchConversation } from "../inbox/conversations";
import { useConversation } from "../inbox/useConversation";
import { onEveryConnection, tell } from "../live/live";
import { href } from "../route";
import { EmptyState } from "../ui/EmptyState";
import type { Id } from "../wire";
import { w } from "../words";
import { AssistantLine } from "./AssistantLine";
import { useEntering } from "./entering";
import { MessageList } from "./MessageList";
import { markOpenAsRead } from "./reading";
import { SnoozedLine } from "./SnoozedLine";
import { ThreadDialogs } from "./ThreadDialogs";
import { ThreadHeader } from "./ThreadHeader";
import { TypingLine } from "./TypingLine";
import { openThread, threads } from "./threads";
import { useViewing } from "./useViewing";

function usePresence(conversationId: Id): void {
  useEffect(() => {
    const stop = onEveryConnection(() => tell("conversation:join", conversationId));
    return () => {
      stop();
      tell("conversation:leave", conversationId);
    };
  }, [conversationId]);
}

function useReading(conversationId: Id): void {
  useSignalEffect(() => {
    const isShown = threads.value.get(conversationId)?.state === "ready";
    const unread = conversations.value.get(conversationId)?.unreadCount;
    if (isShown && unread) queueMicrotask(() => markOpenAsRead(conversationId));
  });
  useEffect(() => {
    const look = () => markOpenAsRead(conversationId);
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [conversationId]);
}

function NotFound() {
  return (
    <main class="pane-thread">
      <EmptyState icon="alert" title={w.thread.notFound}>
        <a class="button" href={href.inbox}>
          {w.back}
        </a>
      </EmptyState>
    </main>
  );
}

export function OpenConversation({ conversationId }: { conversationId: Id }) {
  const [isMissing, setMissing] = useState(false);
  usePresence(conversationId);
  useReading(conversationId);
  useViewing(conversationId);
  useEffect(() => {
    void openThread(conversationId);
    fetchConversation(conversationId).catch((problem) => setMissing(problem.status === 404));
  }, [conversationId]);
  const conversation = useConversation(conversationId);
  useEntering(conversationId, conversation !== undefined);
  if (isMissing && !conversation) return <NotFound />;
  if (!conversation) return <main class="pane-thread" aria-busy="true" />;
  return (
    <main class="pane-thread" aria-label={w.thread.label(nameOf(conversation.contact))}>
      <ThreadHeader conversation={conversation} />
      <AssistantLine conversation={conversation} />
      <SnoozedLine conversation={conversation} />
      <MessageList conversation={conversation} />
      <TypingLine conversationId={conversationId} />
      <Composer conversation={conversation} />
      <ThreadDialogs conversationId={conversationId} />
    </main>
  );
}
