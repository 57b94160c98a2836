import * as api from "./api";
import type { Chat } from "./chats";
import { openPhone } from "./chats";
import { attempt, loadCustomers, numberId } from "./state";
import type { Message } from "./types";

type Sent = Promise<Message | undefined>;

const post = (chat: Chat, message: object): Sent =>
  attempt(() => api.write(numberId.value, chat.key, message));

/** Answers what is being replied to, if anything is. */
export function write(chat: Chat, message: object): Sent {
  const answered = chat.replying.value;
  chat.replying.value = null;
  return post(chat, answered ? { ...message, context: { id: answered.wamid } } : message);
}

/** What is being edited changes; else it is a new message. */
export function sendText(chat: Chat, body: string): Sent {
  const edited = chat.editing.value;
  if (!edited) return write(chat, { type: "text", text: { body } });
  chat.editing.value = null;
  const edit = { original_message_id: edited.wamid, message: { type: "text", text: { body } } };
  return post(chat, { type: "edit", edit });
}

export const erase = (chat: Chat, wamid: string): Sent =>
  post(chat, { type: "revoke", revoke: { original_message_id: wamid } });

export const react = (chat: Chat, wamid: string, emoji: string): Sent =>
  post(chat, { type: "reaction", reaction: { message_id: wamid, emoji } });

export const tap = (chat: Chat, wamid: string, id: string): Sent =>
  attempt(() => api.tap(numberId.value, chat.key, wamid, id));

export const listenedTo = (chat: Chat, wamid: string): Sent =>
  attempt(() => api.played(numberId.value, chat.key, wamid));

export function answerFlow(chat: Chat, wamid: string): Sent {
  const reply = { name: "flow", body: "Sent", response_json: '{"flow_token":"unused"}' };
  const interactive = { type: "nfm_reply", nfm_reply: reply };
  return post(chat, { type: "interactive", interactive, context: { id: wamid } });
}

const KINDS: [RegExp, string][] = [
  [/^image\/(jpeg|png)$/, "image"],
  [/^image\/webp$/, "sticker"],
  [/^video\/(mp4|3gpp)$/, "video"],
  [/^audio\//, "audio"],
];
const CAPTIONED = new Set(["image", "video", "document"]);

/** As WhatsApp takes a file of this type. */
export const kindOf = (type: string): string => KINDS.find(([types]) => types.test(type))?.[1] ?? "document";

const keep = (chat: Chat, file: File) => attempt(() => api.keepFile(numberId.value, chat.key, file));

/** What the message says of the file beside its id. */
function about(kind: string, file: File, caption: string): object {
  if (kind === "audio") return { voice: false };
  const name = kind === "document" ? { filename: file.name } : {};
  return caption && CAPTIONED.has(kind) ? { ...name, caption } : name;
}

export async function sendFile(chat: Chat, file: File, caption: string): Promise<void> {
  const kept = await keep(chat, file);
  if (!kept) return;
  const kind = kindOf(file.type);
  await write(chat, { type: kind, [kind]: { id: kept.id, ...about(kind, file, caption) } });
}

/** What was spoken into the phone, as opposed to a sound that is attached. */
export async function sendVoice(chat: Chat, file: File): Sent {
  const kept = await keep(chat, file);
  return kept && write(chat, { type: "audio", audio: { id: kept.id, voice: true } });
}

export async function addCustomer(name: string, phone: string): Promise<boolean> {
  const added = await attempt(() => api.changeCustomer(numberId.value, phone, { name }));
  if (!added) return false;
  await loadCustomers();
  // Not waited for: whoever asks for the next customer meanwhile would have the form closed under his hands.
  void attempt(() => openPhone(added.key));
  return true;
}

export const changeCustomer = (key: string, change: object) =>
  attempt(async () => {
    await api.changeCustomer(numberId.value, key, change);
    await loadCustomers();
  });

export const moveCustomer = (key: string, phone: string) =>
  attempt(() => api.moveCustomer(numberId.value, key, phone));

export const forgetCustomer = (key: string) => attempt(() => api.forgetCustomer(numberId.value, key));
