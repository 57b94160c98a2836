import type { Message } from "../wire";
import { w } from "../words";
import { AudioBody } from "./AudioBody";
import { DocumentBody } from "./DocumentBody";
import { MediaMissing } from "./MediaMissing";
import { captionOf, mediaOf, type ShownMedia } from "./media";
import { PictureBody } from "./PictureBody";
import { TextBody } from "./TextBody";
import { VideoBody } from "./VideoBody";

interface Props {
  type: Message["type"];
  media: ShownMedia;
  caption?: string;
}

/** The file of a message, or what keeps it from being seen. */
export function MediaFile({ type, media, caption = "" }: Props) {
  if (media.isPending) return <MediaMissing text={w.message.mediaLoading} />;
  if (media.external) return <MediaMissing text={w.message.mediaExternal} link={media.external} />;
  if (!media.path) return <MediaMissing text={w.message.mediaMissing} />;
  switch (type) {
    case "IMAGE":
    case "STICKER":
      return <PictureBody path={media.path} isSticker={type === "STICKER"} caption={caption} />;
    case "VIDEO":
      return <VideoBody path={media.path} />;
    case "AUDIO":
      return <AudioBody path={media.path} isVoice={media.isVoice} />;
    default:
      return <DocumentBody media={media} path={media.path} />;
  }
}

export function MediaBody({ message }: { message: Message }) {
  const caption = captionOf(message);
  return (
    <>
      <MediaFile type={message.type} media={mediaOf(message)} caption={caption} />
      {caption && <TextBody text={caption} />}
    </>
  );
}
