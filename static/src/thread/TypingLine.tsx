import { me } from "../session";
import type { Id } from "../wire";
import { w } from "../words";
import { typists } from "./typists";

export function TypingLine({ conversationId }: { conversationId: Id }) {
  const names = typists.value
    .filter((one) => one.conversationId === conversationId && one.userId !== me.value?.id)
    .map((one) => one.userName);
  return (
    <p class="typing" role="status">
      {names.length > 0 && (
        <>
          <span class="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {w.thread.typing(names)}
        </>
      )}
    </p>
  );
}
