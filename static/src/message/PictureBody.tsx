import { useState } from "preact/hooks";
import { w } from "../words";
import { MediaMissing } from "./MediaMissing";
import { PictureViewer } from "./PictureViewer";
import { useMedia } from "./useMedia";

interface Props {
  path: string;
  isSticker: boolean;
  caption: string;
}

export function PictureBody({ path, isSticker, caption }: Props) {
  const { address, hasFailed } = useMedia(path);
  const [isOpen, setOpen] = useState(false);
  const kind = isSticker ? w.message.sticker : w.message.image;
  if (hasFailed) return <MediaMissing text={w.message.mediaMissing} />;
  if (!address) return <div class="picture-loading" role="status" aria-label={w.message.mediaLoading} />;
  if (isSticker) return <img class="sticker" src={address} alt={kind} />;
  return (
    <>
      <button
        type="button"
        class="picture"
        aria-label={w.message.openMedia(kind)}
        onClick={() => setOpen(true)}
      >
        <img src={address} alt={caption || kind} />
      </button>
      {isOpen && <PictureViewer address={address} caption={caption} onClose={() => setOpen(false)} />}
    </>
  );
}
