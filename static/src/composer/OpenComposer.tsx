import { useState } from "preact/hooks";
import { Quote } from "../message/Quote";
import { notify } from "../notices";
import { sendDraft } from "../thread/sending";
import { Icon } from "../ui/Icon";
import type { Conversation } from "../wire";
import { w } from "../words";
import { AnsweredMeanwhile } from "./AnsweredMeanwhile";
import { AttachmentDialog } from "./AttachmentDialog";
import { ComposerMenu } from "./ComposerMenu";
import { drafts, keepDraft } from "./drafts";
import { replies, stopReplying } from "./replying";
import { TextBox } from "./TextBox";
import { tellStopped } from "./typing";

async function submit(conversationId: string): Promise<void> {
  const content = (drafts.value.get(conversationId) ?? "").trim();
  if (!content) return;
  const replyToId = replies.value.get(conversationId)?.id;
  keepDraft(conversationId, "");
  stopReplying(conversationId);
  tellStopped();
  const message = { type: "TEXT" as const, content, ...(replyToId ? { replyToId } : {}) };
  const problem = await sendDraft(conversationId, { kind: "message", message });
  if (problem?.code !== "WINDOW_CLOSED") return;
  keepDraft(conversationId, content);
  notify("bad", w.composer.windowTitle);
}

export function OpenComposer({ conversation }: { conversation: Conversation }) {
  const { id, contact } = conversation;
  const [file, setFile] = useState<File | null>(null);
  const reply = replies.value.get(id);
  const hasText = Boolean(drafts.value.get(id)?.trim());
  return (
    <section class="composer" aria-label={w.composer.title}>
      <AnsweredMeanwhile conversation={conversation} />
      {reply && (
        <div class="composer-reply">
          <Quote quoted={reply} contact={contact} />
          <button
            type="button"
            class="icon-button"
            aria-label={w.composer.cancelReply}
            onClick={() => stopReplying(id)}
          >
            <Icon name="cross" size={16} />
          </button>
        </div>
      )}
      <div class="composer-line">
        <ComposerMenu conversationId={id} onFile={setFile} />
        <TextBox conversationId={id} onSend={() => void submit(id)} onFile={setFile} />
        <button
          type="button"
          class="composer-send"
          aria-label={w.send}
          title={w.composer.hint}
          disabled={!hasText}
          onClick={() => void submit(id)}
        >
          <Icon name="send" size={20} />
        </button>
      </div>
      {file && <AttachmentDialog conversationId={id} file={file} onClose={() => setFile(null)} />}
    </section>
  );
}
