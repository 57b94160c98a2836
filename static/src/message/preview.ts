import type { Message } from "../wire";
import { w } from "../words";
import { spansOf } from "./formatting";

type Previewed = Pick<Message, "type" | "content"> & { metadata?: Message["metadata"] };

const kinds: Record<string, string> = {
  IMAGE: w.message.image,
  VIDEO: w.message.video,
  AUDIO: w.message.audio,
  DOCUMENT: w.message.document,
  STICKER: w.message.sticker,
  LOCATION: w.message.location,
  CONTACTS: w.message.contacts,
  UNSUPPORTED: w.message.unsupported,
};

// The server says of a template what it is called, whoever reads it.
const TEMPLATE = /^Template:/;

function wordsOf({ content, metadata }: Previewed): string {
  const caption = metadata?.caption;
  const text = typeof caption === "string" ? caption : isAddress(content) ? "" : (content ?? "");
  return spansOf(text)
    .map((span) => span.text)
    .join("");
}

/** One line that stands for a message: in the list, in a quote, in an announcement. */
export function previewOf(message: Previewed): string {
  const text = wordsOf(message);
  if (message.type === "REACTION") return text ? w.message.reacted(text) : w.message.reactionRemoved;
  if (message.type === "TEMPLATE") return text.replace(TEMPLATE, `${w.message.template}:`);
  const kind = kinds[message.type];
  if (kind) return text ? `${kind}: ${text}` : kind;
  return text || w.message.unsupported;
}

// The content of a media message sent by URL is that URL, which says nothing to a reader.
const isAddress = (content: string | null) => /^(https?:\/\/|\/api\/)\S+$/.test(content ?? "");
