import { w } from "../words";
import { MediaMissing } from "./MediaMissing";
import { useMedia } from "./useMedia";

export function AudioBody({ path, isVoice }: { path: string; isVoice: boolean }) {
  const { address, hasFailed } = useMedia(path);
  if (hasFailed) return <MediaMissing text={w.message.mediaMissing} />;
  const label = isVoice ? w.message.voice : w.message.audio;
  if (!address) return <div class="audio-loading" role="status" aria-label={w.message.mediaLoading} />;
  // biome-ignore lint/a11y/useMediaCaption: a customer's own recording has no caption track.
  return <audio class="audio" src={address} controls aria-label={label} />;
}
