import { useState } from "preact/hooks";
import { minutes } from "../message/minutes";
import { Icon } from "../ui/Icon";
import { listenedTo } from "./actions";
import { fileUrl } from "./api";
import { useChat } from "./chats";
import { Text } from "./Text";
import type { MediaContent, Message } from "./types";
import { w } from "./words";

export type MediaKind = "image" | "video" | "audio" | "sticker" | "document";

interface MediaOf {
  kind: MediaKind;
  media: MediaContent;
  message?: Message;
}

export function Media({ kind, media, message }: MediaOf) {
  return (
    <>
      <File kind={kind} media={media} message={message} />
      {media.caption && <Text text={media.caption} />}
    </>
  );
}

function File({ kind, media, message }: MediaOf) {
  const [missing, setMissing] = useState(false);
  const url = fileUrl(media);
  if (missing) {
    return (
      <p class={`missing missing-${kind}`}>
        <Icon name="alert" size={18} /> {w.body.gone}
      </p>
    );
  }
  const lost = () => setMissing(true);
  if (kind === "document") return <Document url={url} name={media.filename ?? w.body.document} />;
  if (kind === "audio") return <Voice url={url} message={message} onLost={lost} />;
  if (kind === "video") {
    return (
      // biome-ignore lint/a11y/useMediaCaption: a customer's video has no captions
      <video class="picture" src={url} controls preload="metadata" aria-label={w.body.video} onError={lost} />
    );
  }
  const alt = kind === "sticker" ? w.body.sticker : w.body.image;
  return <img class={kind === "sticker" ? "sticker" : "picture"} src={url} alt={alt} onError={lost} />;
}

/** The business hears that its voice note was listened to. */
function Voice({ url, message, onLost }: { url: string; message?: Message; onLost: () => void }) {
  const chat = useChat();
  const [seconds, setSeconds] = useState(0);
  const onPlay = () => {
    if (message?.sender === "business" && message.content?.voice) void listenedTo(chat, message.wamid);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: a voice note has no captions */}
      <audio
        class="voice"
        src={url}
        controls
        preload="metadata"
        aria-label={w.body.audio}
        onDurationChange={(event) => setSeconds(event.currentTarget.duration)}
        onPlay={onPlay}
        onError={onLost}
      />
      <span class="voice-length">{minutes(seconds)}</span>
    </>
  );
}

function Document({ url, name }: { url: string; name: string }) {
  return (
    <a class="document" href={url} target="_blank" rel="noreferrer">
      <Icon name="document" size={26} />
      <span>
        <span>{name}</span>
        <small class="document-kind">
          {name.includes(".") ? name.split(".").at(-1)?.toUpperCase() : w.body.file}
        </small>
      </span>
    </a>
  );
}
