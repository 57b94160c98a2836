import { STREAM } from "./api";
import { type Chat, chatOf, chats, leave, loadThread, lookAtPhones, rekey } from "./chats";
import { attempt, connected, loadCustomers, loadFaults, loadNumbers, numberId } from "./state";
import type { Message } from "./types";

interface Told {
  phoneNumberId: string;
  customer: string;
  key: string;
  wamid: string;
  status: Message["status"];
  lost: boolean;
  at: number;
  seconds: number;
  message: Message;
}

/** Reads again soon, once for all that is heard until then. */
function soon(read: () => Promise<void>): () => void {
  let timer = 0;
  return () => {
    if (timer) return;
    timer = window.setTimeout(() => {
      timer = 0;
      void attempt(read);
    }, 150);
  };
}

const customersSoon = soon(loadCustomers);
const faultsSoon = soon(loadFaults);
const CHANGING = new Set(["reaction", "edit", "revoke"]);

function patch(chat: Chat, matches: (message: Message) => boolean, change: Partial<Message>): void {
  chat.messages.value = chat.messages.value.map((one) => (matches(one) ? { ...one, ...change } : one));
}

function onMessage(chat: Chat, { message }: Told): void {
  if (chat.messages.value.some((known) => known.wamid === message.wamid)) return;
  chat.messages.value = [...chat.messages.value, message];
  if (CHANGING.has(message.type)) void attempt(() => loadThread(chat));
  if (message.sender === "business") chat.typingUntil.value = 0;
}

function onRead(chat: Chat, told: Told): void {
  const upTo = (message: Message) => message.sender === "customer" && message.at <= told.at;
  patch(chat, upTo, { status: "read" });
}

/** What concerns one phone. */
const inChat: Record<string, (chat: Chat, told: Told) => void> = {
  message: onMessage,
  status: (chat, { wamid, status, lost }) => patch(chat, (one) => one.wamid === wamid, { status, lost }),
  read: onRead,
  typing: (chat, told) => {
    chat.typingUntil.value = Date.now() + told.seconds * 1000;
  },
  moved: (_, told) => rekey(told.customer, told.key),
  forgotten: (_, told) => leave(told.customer),
  customer: () => {},
};

function hear(name: string, told: Told): void {
  if (told.phoneNumberId !== numberId.value) return;
  const chat = chatOf(told.customer);
  if (chat) inChat[name]?.(chat, told);
  if (name !== "read" && name !== "typing") customersSoon();
}

/** Events are hints: after a pause everything is read again. */
async function readAgain(): Promise<void> {
  await Promise.all([loadNumbers(), loadFaults(), loadCustomers(), ...chats.value.map(loadThread)]);
  await lookAtPhones(!document.hidden);
}

export function listen(): void {
  const source = new EventSource(STREAM);
  let opened = false;
  source.onopen = () => {
    if (opened) void attempt(readAgain);
    opened = true;
    connected.value = true;
  };
  source.onerror = () => {
    connected.value = false;
  };
  const on = (name: string, heard: (told: Told) => void) =>
    source.addEventListener(name, (event) => heard(JSON.parse((event as MessageEvent<string>).data)));
  for (const name of Object.keys(inChat)) on(name, (told) => hear(name, told));
  on("number", () => void attempt(loadNumbers));
  on("faults", faultsSoon);
}
