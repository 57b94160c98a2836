import type { Message } from "../wire";
import { w } from "../words";
import { AudioBody } from "./AudioBody";
import { DocumentBody } from "./DocumentBody";
import { MediaMissing } from "./MediaMissing";
import { captionOf, mediaOf } from "./media";
import { PictureBody } from "./PictureBody";
import { TextBody } from "./TextBody";
import { VideoBody } from "./VideoBody";

function File({ message }: { message: Message }) {
  const media = mediaOf(message);
  if (media.isPending) return <MediaMissing text={w.message.mediaLoading} />;
  if (media.external) return <MediaMissing text={w.message.mediaExternal} link={media.external} />;
  if (!media.path) return <MediaMissing text={w.message.mediaMissing} />;
  switch (message.type) {
    case "IMAGE":
    case "STICKER":
      return (
        <PictureBody path={media.path} isSticker={message.type === "STICKER"} caption={captionOf(message)} />
      );
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
      <File message={message} />
      {caption && <TextBody text={caption} />}
    </>
  );
}
