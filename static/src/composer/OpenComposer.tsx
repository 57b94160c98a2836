import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import { Quote } from "../message/Quote";
import { notify } from "../notices";
import { sendDraft } from "../thread/sending";
import { Icon } from "../ui/Icon";
import type { Conversation, Id } from "../wire";
import { w } from "../words";
import { AnsweredMeanwhile } from "./AnsweredMeanwhile";
import { AttachmentDialog } from "./AttachmentDialog";
import { ComposerMenu } from "./ComposerMenu";
import { DropZone } from "./DropZone";
import { drafts, keepDraft } from "./drafts";
import { EmojiButton } from "./emoji/EmojiButton";
import { MicrophoneButton } from "./MicrophoneButton";
import { MissingVariables } from "./MissingVariables";
import { replies, stopReplying, takeReply } from "./replying";
import { TextBox } from "./TextBox";
import { tellStopped } from "./typing";
import { missingIn, selectVariable } from "./variables";

async function submit(conversationId: string): Promise<void> {
  const content = (drafts.value.get(conversationId) ?? "").trim();
  if (!content) return;
  const [missing] = missingIn(content);
  if (missing) return selectVariable(missing);
  keepDraft(conversationId, "");
  tellStopped();
  const message = { type: "TEXT" as const, content, ...takeReply(conversationId) };
  const problem = await sendDraft(conversationId, { kind: "message", message });
  if (problem?.code !== "WINDOW_CLOSED") return;
  keepDraft(conversationId, content);
  notify("bad", w.composer.windowTitle);
}

function Reply({ conversation: { id, contact } }: { conversation: Conversation }) {
  const reply = replies.value.get(id);
  if (!reply) return null;
  return (
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
  );
}

function SendButton({ conversationId }: { conversationId: Id }) {
  return (
    <button
      type="button"
      class="composer-send"
      aria-label={w.send}
      title={w.composer.hint}
      onClick={() => void submit(conversationId)}
    >
      <Icon name="send" size={20} />
    </button>
  );
}

type VoiceNote = ComponentType<{ conversationId: Id; onClose: () => void }>;

export function OpenComposer({ conversation }: { conversation: Conversation }) {
  const { id } = conversation;
  const [files, setFiles] = useState<readonly File[]>([]);
  const [voice, setVoice] = useState<{ Note: VoiceNote } | null>(null);
  const record = () => import("./voice/VoiceNote").then(({ VoiceNote: Note }) => setVoice({ Note }));
  const text = drafts.value.get(id) ?? "";
  return (
    <section class="composer" aria-label={w.composer.title}>
      <AnsweredMeanwhile conversation={conversation} />
      <Reply conversation={conversation} />
      <MissingVariables text={text} />
      <div class="composer-line">
        {voice ? (
          <voice.Note conversationId={id} onClose={() => setVoice(null)} />
        ) : (
          <>
            <ComposerMenu conversationId={id} onFiles={setFiles} />
            <EmojiButton conversationId={id} />
            <TextBox conversation={conversation} onSend={() => void submit(id)} onFiles={setFiles} />
            {text.trim() ? (
              <SendButton conversationId={id} />
            ) : (
              <MicrophoneButton onClick={() => void record()} />
            )}
          </>
        )}
      </div>
      <DropZone onFiles={setFiles} />
      {files.length > 0 && (
        <AttachmentDialog conversationId={id} files={files} onClose={() => setFiles([])} />
      )}
    </section>
  );
}
