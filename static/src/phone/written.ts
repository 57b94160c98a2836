// Times, phones and names as people write them, and one line for each message.
import { spansOf } from "../message/formatting";
import type { Message } from "./types";
import { language, w } from "./words";

const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const date = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" });
const DAY = 24 * 60 * 60 * 1000;

export const timeOf = (seconds: number) => clock.format(seconds * 1000);
export const dayOf = (seconds: number) => new Date(seconds * 1000).toDateString();

export function dayName(seconds: number): string {
  const day = dayOf(seconds);
  if (day === new Date().toDateString()) return w.chat.today;
  if (day === new Date(Date.now() - DAY).toDateString()) return w.chat.yesterday;
  return date.format(seconds * 1000);
}

/** "+55 11 99999-9999"; other countries as they are. */
export function phoneText(phone: string): string {
  const brazilian = /^55(\d\d)(\d{4,5})(\d{4})$/.exec(phone);
  return brazilian ? `+55 ${brazilian[1]} ${brazilian[2]}-${brazilian[3]}` : `+${phone}`;
}

export const nameOf = (person: { name: string; phone: string | null; userId: string }): string =>
  person.name || (person.phone ? phoneText(person.phone) : person.userId);

export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  return `${words[0]?.[0] ?? "?"}${words.length > 1 ? (words.at(-1)?.[0] ?? "") : ""}`.toUpperCase();
}

export function price(amount: number, currency: string): string {
  return new Intl.NumberFormat(language, { style: "currency", currency }).format(amount);
}

const kinds: Record<string, string> = {
  image: w.body.image,
  video: w.body.video,
  audio: w.body.audio,
  document: w.body.document,
  sticker: w.body.sticker,
  location: w.body.location,
  contacts: w.body.contacts,
  order: w.body.order,
  unsupported: w.body.unsupported,
  system: w.body.system,
  edit: w.body.edit,
  revoke: w.body.revoke,
};
const SAY_THEIR_KIND = new Set(["system", "edit", "revoke"]);

const unmarked = (text: string) =>
  spansOf(text)
    .map((span) => span.text)
    .join("");

/** One line of a message for lists and quotes. */
export function preview(message: Message): string {
  const { type } = message;
  const content = message.content ?? {};
  if (message.revoked) return w.body.revoke;
  if (type === "reaction") return content.emoji ? w.body.reacted(content.emoji) : w.body.unreacted;
  if (message.drawn?.body) return message.drawn.body;
  const reply = content.button_reply ?? content.list_reply;
  if (reply) return reply.title;
  if (type === "button") return content.text ?? "";
  const body = typeof content.body === "string" ? content.body : content.body?.text;
  const own = SAY_THEIR_KIND.has(type) ? undefined : (body ?? content.caption ?? content.filename);
  return own ? unmarked(own) : (kinds[type] ?? w.body.message);
}
