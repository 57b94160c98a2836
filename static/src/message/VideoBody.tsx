import { useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { w } from "../words";
import { MediaMissing } from "./MediaMissing";
import { useMedia } from "./useMedia";

/** A video is fetched when it is asked for: it is large, and most are never played. */
export function VideoBody({ path }: { path: string }) {
  const [isWanted, setWanted] = useState(false);
  const { address, hasFailed } = useMedia(path, isWanted);
  if (hasFailed) return <MediaMissing text={w.message.mediaMissing} />;
  if (address) {
    // biome-ignore lint/a11y/useMediaCaption: a customer's own video has no caption track.
    return <video class="video" src={address} controls autoplay />;
  }
  return (
    <button
      type="button"
      class="video-cover"
      aria-label={w.message.openMedia(w.message.video)}
      aria-busy={isWanted}
      onClick={() => setWanted(true)}
    >
      <Icon name="play" size={28} />
    </button>
  );
}
