// The phones that are open, side by side.
import { computed, type Signal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import * as api from "./api";
import { customers, numberId } from "./state";
import type { Customer, Message } from "./types";
import { nameOf } from "./written";

export interface Chat {
  key: string;
  messages: Signal<Message[]>;
  /** From here on what comes is new, and is read out. */
  isLoaded: Signal<boolean>;
  typingUntil: Signal<number>;
  replying: Signal<Message | null>;
  editing: Signal<Message | null>;
  list: Signal<Message | null>;
}

const MOST_PHONES = 4;
const NARROW = matchMedia("(max-width: 720px)");

export const chats = signal<Chat[]>([]);
/** The phone used last: what is switched per phone is switched on it, and a narrow screen shows it alone. */
export const activeKey = signal("");
/** The phone that was just asked for: its message box takes the focus. */
export const calledKey = signal("");

export const activeCustomer = computed(() => customers.value.find((each) => each.key === activeKey.value));

const ChatOf = createContext<Chat | null>(null);
export const ChatProvider = ChatOf.Provider;

export function useChat(): Chat {
  const chat = useContext(ChatOf);
  if (!chat) throw new Error("There is no phone around this");
  return chat;
}

export const customerOf = (chat: Chat): Customer | undefined =>
  customers.value.find((each) => each.key === chat.key);

export function nameIn(chat: Chat): string {
  const person = customerOf(chat);
  return person ? nameOf(person) : "";
}

export const chatOf = (key: string): Chat | undefined => chats.value.find((chat) => chat.key === key);

const newChat = (key: string): Chat => ({
  key,
  messages: signal([]),
  isLoaded: signal(false),
  typingUntil: signal(0),
  replying: signal(null),
  editing: signal(null),
  list: signal(null),
});

export async function loadThread(chat: Chat): Promise<void> {
  chat.messages.value = (await api.fetchThread(numberId.value, chat.key)).messages;
}

/** While a phone is looked at, what arrives is read. */
const look = (chat: Chat, opened: boolean) => api.changeCustomer(numberId.value, chat.key, { opened });

export async function lookAtPhones(opened: boolean): Promise<void> {
  await Promise.all(chats.value.map((chat) => look(chat, opened)));
}

/** Beside those that are open; the oldest makes room when there are many. */
export async function openPhone(key: string): Promise<void> {
  activeKey.value = key;
  if (!chatOf(key)) await add(key);
  calledKey.value = key;
}

async function add(key: string): Promise<void> {
  const chat = newChat(key);
  const staying = chats.value.slice(NARROW.matches ? chats.value.length : 1 - MOST_PHONES);
  const leaving = chats.value.filter((one) => !staying.includes(one));
  chats.value = [...staying, chat];
  keepInAddress();
  await Promise.all([loadThread(chat), ...leaving.map((one) => look(one, false))]);
  await look(chat, !document.hidden);
  chat.isLoaded.value = true;
}

export async function closePhone(key: string): Promise<void> {
  const chat = chatOf(key);
  leave(key);
  if (chat) await look(chat, false);
}

/** Without a word to the simulator: it may know the customer no more. */
export function leave(key: string): void {
  chats.value = chats.value.filter((chat) => chat.key !== key);
  if (activeKey.value === key) activeKey.value = chats.value.at(-1)?.key ?? "";
  keepInAddress();
}

export async function closeAllPhones(): Promise<void> {
  const open = chats.value;
  chats.value = [];
  activeKey.value = "";
  await Promise.all(open.map((chat) => look(chat, false)));
}

/** The same person under another key. */
export function rekey(from: string, to: string): void {
  chats.value = chats.value.map((chat) => (chat.key === from ? { ...chat, key: to } : chat));
  if (activeKey.value === from) activeKey.value = to;
  keepInAddress();
}

/** `#number/customer,customer`: a reload opens the same phones. */
export function keepInAddress(): void {
  const keys = chats.value.map((chat) => encodeURIComponent(chat.key)).join(",");
  history.replaceState(null, "", `#${numberId.value}/${keys}`);
}

/** How many phones fit at the start. */
const atTheStart = () => (window.innerWidth >= 1240 ? 2 : 1);

/** Those of the address, by key or by phone, or the first ones. */
export async function openPhones(wanted: string[]): Promise<void> {
  const found = (name: string) => customers.value.find(({ key, phone }) => key === name || phone === name);
  const known = wanted.map(found).filter((each) => each !== undefined);
  const opening = known.length > 0 ? known : customers.value.slice(0, atTheStart());
  activeKey.value = opening[0]?.key ?? "";
  for (const { key } of opening) await add(key);
  calledKey.value = activeKey.value;
}
