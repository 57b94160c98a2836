import { STREAM } from "./api";
import {
  connected,
  customerKey,
  loadCustomers,
  loadFaults,
  loadNumbers,
  loadThread,
  messages,
  numberId,
  typingUntil,
} from "./state";
import type { Message } from "./types";

interface Told {
  phoneNumberId: string;
  customer: string;
  wamid: string;
  status: Message["status"];
  at: number;
  seconds: number;
  message: Message;
}

type Listener = (told: Told) => void;

let refresh = 0;

/** The list is read again once things have calmed down. */
function customersSoon(): void {
  window.clearTimeout(refresh);
  refresh = window.setTimeout(() => void loadCustomers(), 150);
}

const ofThisChat = (told: Told) =>
  told.phoneNumberId === numberId.value && told.customer === customerKey.value;

function patch(matches: (message: Message) => boolean, change: Partial<Message>): void {
  messages.value = messages.value.map((message) => (matches(message) ? { ...message, ...change } : message));
}

function onMessage(told: Told): void {
  customersSoon();
  if (!ofThisChat(told) || messages.value.some((known) => known.wamid === told.message.wamid)) return;
  messages.value = [...messages.value, told.message];
  if (told.message.type === "reaction") void loadThread();
  if (told.message.sender === "business") typingUntil.value = 0;
}

function onStatus(told: Told): void {
  customersSoon();
  if (ofThisChat(told)) patch((message) => message.wamid === told.wamid, { status: told.status });
}

function onRead(told: Told): void {
  const upTo = (message: Message) => message.sender === "customer" && message.at <= told.at;
  if (ofThisChat(told)) patch(upTo, { status: "read" });
}

function onTyping(told: Told): void {
  if (ofThisChat(told)) typingUntil.value = Date.now() + told.seconds * 1000;
}

const listeners: Record<string, Listener> = {
  message: onMessage,
  status: onStatus,
  read: onRead,
  typing: onTyping,
  customer: customersSoon,
  number: () => void loadNumbers(),
  faults: () => void loadFaults(),
};

/** Events are hints: after a pause everything is read again. */
async function readAgain(): Promise<void> {
  connected.value = true;
  await Promise.all([loadNumbers(), loadFaults(), loadCustomers(), loadThread()]);
}

export function listen(): void {
  const source = new EventSource(STREAM);
  let opened = false;
  source.onopen = () => {
    if (opened) void readAgain();
    opened = true;
    connected.value = true;
  };
  source.onerror = () => {
    connected.value = false;
  };
  for (const [name, listener] of Object.entries(listeners)) {
    source.addEventListener(name, (event) => listener(JSON.parse((event as MessageEvent<string>).data)));
  }
}
