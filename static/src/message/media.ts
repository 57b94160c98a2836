import { request } from "../api/request";
import type { Media, Message } from "../wire";

export interface ShownMedia {
  /** Where this server keeps the file; null when it is elsewhere or not here yet. */
  path: string | null;
  /** An address of another server, which the console links to and never loads. */
  external: string | null;
  mimeType: string;
  fileName: string | null;
  size: number | null;
  isVoice: boolean;
  isPending: boolean;
}

const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);

/** The file of a message, wherever its answer names it: `media`, the metadata, or the content itself. */
export function mediaOf(message: Message): ShownMedia {
  const metadata = message.metadata ?? {};
  const { media } = message;
  const id = textOf(media?.id) ?? textOf(metadata.mediaId);
  const address =
    textOf(media?.url) ?? textOf(metadata.url) ?? (id ? `/api/media/${id}` : addressIn(message.content));
  const isOurs = address !== null && isOwnPath(address);
  return {
    path: isOurs ? address : null,
    external: isOurs ? null : address,
    mimeType: textOf(media?.mimeType) ?? textOf(metadata.mimeType) ?? "",
    fileName: textOf(media?.filename) ?? textOf(metadata.filename),
    size: media?.size ?? (typeof metadata.size === "number" ? metadata.size : null),
    isVoice: media?.voice === true || metadata.voice === true,
    isPending: media?.pending === true,
  };
}

/** A file of ours that is in no message yet. */
export const shownFile = ({ url, mimeType, filename, size }: Media): ShownMedia => ({
  path: url,
  external: null,
  mimeType,
  fileName: filename,
  size,
  isVoice: false,
  isPending: false,
});

const addressIn = (content: string | null) =>
  content && /^(https?:\/|\/api)\/\S+$/.test(content) ? content : null;

function isOwnPath(address: string): boolean {
  return new URL(address, location.href).origin === location.origin;
}

export function captionOf(message: Message): string {
  const caption = textOf(message.metadata?.caption);
  if (caption) return caption;
  return addressIn(message.content) ? "" : (message.content ?? "");
}

const KEPT = 80;
const loaded = new Map<string, Promise<string>>();

/** The file as a `blob:` address, since a plain one could not carry the token. Kept for the next look. */
export function loadMedia(path: string): Promise<string> {
  const known = loaded.get(path);
  if (known) return known;
  const loading = request("GET", path)
    .then((answer) => answer.blob())
    .then((blob) => URL.createObjectURL(blob));
  keepMedia(path, loading);
  loading.catch(() => loaded.delete(path));
  return loading;
}

export function keepMedia(path: string, address: Promise<string>): void {
  loaded.set(path, address);
  const oldest = loaded.keys().next().value;
  if (loaded.size <= KEPT || oldest === undefined) return;
  void loaded.get(oldest)?.then((stale) => URL.revokeObjectURL(stale));
  loaded.delete(oldest);
}

export function sizeText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** step;
  return `${amount < 10 && step > 0 ? amount.toFixed(1).replace(".", ",") : Math.round(amount)} ${units[step]}`;
}
