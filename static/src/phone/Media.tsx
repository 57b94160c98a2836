import { useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { fileUrl } from "./api";
import { Text } from "./Text";
import type { MediaContent } from "./types";

export type MediaKind = "image" | "video" | "audio" | "sticker" | "document";

export function Media({ kind, media }: { kind: MediaKind; media: MediaContent }) {
  return (
    <>
      <File kind={kind} media={media} />
      {media.caption && <Text text={media.caption} />}
    </>
  );
}

function File({ kind, media }: { kind: MediaKind; media: MediaContent }) {
  const [missing, setMissing] = useState(false);
  const url = fileUrl(media);
  if (missing) {
    return (
      <p class="missing">
        <Icon name="alert" size={18} /> Arquivo indisponível
      </p>
    );
  }
  if (kind === "document") return <Document url={url} name={media.filename ?? "documento"} />;
  const lost = () => setMissing(true);
  if (kind === "audio") {
    return (
      // biome-ignore lint/a11y/useMediaCaption: a voice note has no captions
      <audio class="voice" src={url} controls preload="metadata" onError={lost} />
    );
  }
  if (kind === "video") {
    // biome-ignore lint/a11y/useMediaCaption: a customer's video has no captions
    return <video class="picture" src={url} controls preload="metadata" onError={lost} />;
  }
  return <img class={kind === "sticker" ? "sticker" : "picture"} src={url} alt="Imagem" onError={lost} />;
}

function Document({ url, name }: { url: string; name: string }) {
  return (
    <a class="document" href={url} target="_blank" rel="noreferrer">
      <Icon name="document" size={26} />
      <span>
        <span>{name}</span>
        <small class="document-kind">
          {name.includes(".") ? name.split(".").at(-1)?.toUpperCase() : "ARQUIVO"}
        </small>
      </span>
    </a>
  );
}
