// WhatsApp's own marks: *bold*, _italic_, ~struck~, ```code``` and `code`; and addresses, which become links.

export type Style = "bold" | "italic" | "struck" | "code" | "link";

export interface Span {
  text: string;
  style?: Style;
}

const PATTERN =
  /```([^`]+)```|`([^`\n]+)`|(?<![\p{L}\p{N}*])\*(\S(?:[^*\n]*\S)?)\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_(\S(?:[^_\n]*\S)?)_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}~])~(\S(?:[^~\n]*\S)?)~(?![\p{L}\p{N}~])|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'])/gu;

const STYLES: readonly Style[] = ["code", "code", "bold", "italic", "struck", "link"];

export function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const match of text.matchAll(PATTERN)) {
    const place = match.slice(1).findIndex((group) => group !== undefined);
    if (match.index > end) spans.push({ text: text.slice(end, match.index) });
    spans.push({ text: match[place + 1] ?? "", style: STYLES[place] });
    end = match.index + match[0].length;
  }
  if (end < text.length) spans.push({ text: text.slice(end) });
  return spans;
}
