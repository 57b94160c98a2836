import type { Message } from "./types";

const clock = new Intl.DateTimeFormat("pt-BR", { hour: "2-digit", minute: "2-digit" });
const date = new Intl.DateTimeFormat("pt-BR", { day: "numeric", month: "long", year: "numeric" });
const DAY = 24 * 60 * 60 * 1000;

export const timeOf = (seconds: number) => clock.format(seconds * 1000);
export const dayOf = (seconds: number) => new Date(seconds * 1000).toDateString();

export function dayName(seconds: number): string {
  const day = dayOf(seconds);
  if (day === new Date().toDateString()) return "Hoje";
  if (day === new Date(Date.now() - DAY).toDateString()) return "Ontem";
  return date.format(seconds * 1000);
}

/** "+55 11 99999-9999"; other countries as they are. */
export function phoneText(phone: string): string {
  const brazilian = /^55(\d\d)(\d{4,5})(\d{4})$/.exec(phone);
  return brazilian ? `+55 ${brazilian[1]} ${brazilian[2]}-${brazilian[3]}` : `+${phone}`;
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  return `${words[0]?.[0] ?? "?"}${words.length > 1 ? (words.at(-1)?.[0] ?? "") : ""}`.toUpperCase();
}

const KINDS: Record<string, string> = {
  image: "Foto",
  video: "Vídeo",
  audio: "Mensagem de voz",
  document: "Documento",
  sticker: "Figurinha",
  location: "Localização",
  contacts: "Contato",
  order: "Pedido",
  reaction: "Reação",
};

/** One line of a message for lists and quotes. */
export function preview(message: Message): string {
  const { content, type } = message;
  if (type === "reaction") return `Reagiu com ${content.emoji || "…"}`;
  if (message.drawn?.body) return message.drawn.body;
  const reply = content.button_reply ?? content.list_reply;
  if (reply) return reply.title;
  if (type === "button") return content.text ?? "";
  const body = typeof content.body === "string" ? content.body : content.body?.text;
  return body ?? content.caption ?? content.filename ?? KINDS[type] ?? "Mensagem";
}
