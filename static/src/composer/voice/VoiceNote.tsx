import { useMemo, useState } from "preact/hooks";
import { Player } from "../../message/AudioBody";
import { keepMedia } from "../../message/media";
import { attempt } from "../../notices";
import { sendDraft } from "../../thread/sending";
import { Icon } from "../../ui/Icon";
import type { Id } from "../../wire";
import { w } from "../../words";
import { upload } from "../attachment";
import { takeReply } from "../replying";
import { Levels } from "./Levels";
import { useRecording } from "./useRecording";

interface Recorded {
  file: File;
  address: string;
}

async function send(conversationId: Id, { file, address }: Recorded, tell: (percent: number) => void) {
  const media = await upload(file, tell);
  keepMedia(`/api/media/${media.id}`, Promise.resolve(address));
  const message = { type: "AUDIO" as const, mediaId: media.id, metadata: { voice: true } };
  void sendDraft(conversationId, { kind: "message", message: { ...message, ...takeReply(conversationId) } });
}

interface Props {
  conversationId: Id;
  onClose: () => void;
}

/** Takes the composer's place while a voice message is recorded, listened to and sent. */
export function VoiceNote({ conversationId, onClose }: Props) {
  const { levels, seconds, recorded, problem, stop } = useRecording();
  const address = useMemo(() => (recorded ? URL.createObjectURL(recorded) : ""), [recorded]);
  const [percent, setPercent] = useState<number | null>(null);
  const sendIt = async () => {
    if (!recorded) return;
    setPercent(0);
    if (await attempt(() => send(conversationId, { file: recorded, address }, setPercent))) onClose();
    else setPercent(null);
  };
  const isSending = percent !== null;
  return (
    <div class="voice-note">
      <button
        type="button"
        class="icon-button"
        aria-label={w.composing.voice.cancel}
        title={w.composing.voice.cancel}
        disabled={isSending}
        onClick={onClose}
      >
        <Icon name="trash" size={20} />
      </button>
      {problem && <p role="alert">{w.composing.voice[problem]}</p>}
      {!problem && !recorded && <Levels levels={levels} seconds={seconds} words={w.composing.voice} />}
      {recorded && <Player address={address} label={w.composing.voice.listen} />}
      {isSending && <progress value={percent} max={100} aria-label={w.composer.uploading(percent)} />}
      {!recorded && !problem && (
        <button
          type="button"
          class="icon-button"
          aria-label={w.composing.voice.stop}
          title={w.composing.voice.stop}
          onClick={() => void stop()}
        >
          <Icon name="stop" size={20} />
        </button>
      )}
      <button
        type="button"
        class="composer-send"
        aria-label={w.send}
        disabled={!recorded || isSending}
        onClick={() => void sendIt()}
      >
        <Icon name="send" size={20} />
      </button>
    </div>
  );
}
