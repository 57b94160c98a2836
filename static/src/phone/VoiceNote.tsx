import { useEffect, useRef, useState } from "preact/hooks";
import { Levels } from "../composer/voice/Levels";
import { recordable } from "../composer/voice/recording";
import { useRecording } from "../composer/voice/useRecording";
import { Icon } from "../ui/Icon";
import { sendVoice } from "./actions";
import { useChat } from "./chats";
import { w } from "./words";

/** Only where something can be recorded. */
export function Microphone({ onClick }: { onClick: () => void }) {
  if (!recordable()) return null;
  return (
    <button type="button" aria-label={w.voice.record} onClick={onClick}>
      <Icon name="microphone" size={22} />
    </button>
  );
}

/** Takes the field's place while the customer speaks. */
export function VoiceNote({ onClose }: { onClose: () => void }) {
  const chat = useChat();
  const { levels, seconds, recorded, problem, stop } = useRecording();
  const [isSending, setSending] = useState(false);
  const discard = useRef<HTMLButtonElement>(null);
  useEffect(() => discard.current?.focus(), []);
  async function send() {
    setSending(true);
    const file = recorded ?? (await stop());
    if (file && (await sendVoice(chat, file))) onClose();
    else setSending(false);
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only listens for Esc from the button inside it */}
      <div class="field voice-note" onKeyDown={(event) => event.key === "Escape" && onClose()}>
        <button
          type="button"
          ref={discard}
          aria-label={w.voice.cancel}
          disabled={isSending}
          onClick={onClose}
        >
          <Icon name="trash" size={20} />
        </button>
        {problem ? (
          <p role="alert">{w.voice[problem]}</p>
        ) : (
          <Levels levels={levels} seconds={seconds} words={w.voice} />
        )}
      </div>
      <button
        type="button"
        class="send"
        aria-label={w.send}
        disabled={isSending || seconds === 0 || problem !== null}
        onClick={() => void send()}
      >
        <Icon name="send" size={22} />
      </button>
    </>
  );
}
