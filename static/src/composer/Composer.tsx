import { may } from "../session";
import { reopen } from "../thread/acts";
import { enter } from "../thread/entering";
import { isWindowOpen } from "../thread/WindowClock";
import type { Conversation } from "../wire";
import { w } from "../words";
import { ComposerNotice } from "./ComposerNotice";
import { OpenComposer } from "./OpenComposer";
import { WindowClosed } from "./WindowClosed";

/** What may be said now: anything, only a template, or nothing until the conversation is reopened. */
export function Composer({ conversation }: { conversation: Conversation }) {
  if (!may("conversations.work")) return null;
  if (conversation.status === "CLOSED") {
    return (
      <ComposerNotice icon="check" title={w.composer.closedTitle} text={w.composer.closedText}>
        <button
          type="button"
          class="button"
          onClick={() => reopen(conversation.id).then(() => enter(conversation.id))}
        >
          {w.thread.reopen}
        </button>
      </ComposerNotice>
    );
  }
  if (!isWindowOpen(conversation)) return <WindowClosed conversation={conversation} />;
  return <OpenComposer conversation={conversation} />;
}
