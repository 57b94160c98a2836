import { useRef, useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { w } from "../words";
import { MediaMissing } from "./MediaMissing";
import { minutes } from "./minutes";
import { useMedia } from "./useMedia";

export function Player({ address, label }: { address: string; label: string }) {
  const sound = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const toggle = () =>
    isPlaying ? sound.current?.pause() : void sound.current?.play().catch(() => undefined);
  const seek = (seconds: number) => {
    if (sound.current) sound.current.currentTime = seconds;
  };
  return (
    <div class="audio">
      {/* biome-ignore lint/a11y/useMediaCaption: a customer's own recording has no caption track. */}
      <audio
        ref={sound}
        src={address}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onDurationChange={(event) => setLength(event.currentTarget.duration)}
      />
      <button
        type="button"
        class="audio-play"
        aria-label={isPlaying ? w.message.pause : `${w.message.play}: ${label}`}
        onClick={toggle}
      >
        <Icon name={isPlaying ? "pause" : "play"} size={20} />
      </button>
      <input
        class="audio-line"
        type="range"
        min={0}
        max={Number.isFinite(length) ? length : 0}
        step={0.1}
        value={at}
        aria-label={w.message.position}
        aria-valuetext={minutes(at)}
        onInput={(event) => seek(Number(event.currentTarget.value))}
      />
      <span class="audio-time">{minutes(at || length)}</span>
    </div>
  );
}

export function AudioBody({ path, isVoice }: { path: string; isVoice: boolean }) {
  const { address, hasFailed } = useMedia(path);
  if (hasFailed) return <MediaMissing text={w.message.mediaMissing} />;
  if (!address) return <div class="audio-loading" role="status" aria-label={w.message.mediaLoading} />;
  return <Player address={address} label={isVoice ? w.message.voice : w.message.audio} />;
}
