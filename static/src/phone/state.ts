import { computed, signal } from "@preact/signals";
import * as api from "./api";
import type { Customer, Fault, Message, SimulatedNumber } from "./types";

export const numbers = signal<SimulatedNumber[]>([]);
export const numberId = signal("");
export const customers = signal<Customer[]>([]);
export const customerKey = signal("");
export const messages = signal<Message[]>([]);
export const typingUntil = signal(0);
export const faults = signal<Fault[]>([]);
export const replying = signal<Message | null>(null);
export const openList = signal<Message | null>(null);
export const connected = signal(true);
export const problem = signal("");
export const benchOpen = signal(false);

export const number = computed(() => numbers.value.find((each) => each.phoneNumberId === numberId.value));
export const customer = computed(() => customers.value.find((each) => each.key === customerKey.value));

const ARRIVED = new Set(["delivered", "read", "played"]);

/** A phone shows what has reached it: what still waits at the provider, or failed, is not there. */
export const shown = computed(() =>
  messages.value.filter(
    (message) =>
      message.type !== "reaction" && (message.sender === "customer" || ARRIVED.has(message.status)),
  ),
);

/** Runs what a person asked for and says in the page what went wrong. */
export async function attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    problem.value = "";
    return await act();
  } catch (failure) {
    problem.value = failure instanceof Error ? failure.message : String(failure);
    return undefined;
  }
}

export async function loadNumbers(): Promise<void> {
  numbers.value = (await api.fetchNumbers()).data;
}

export async function loadCustomers(): Promise<void> {
  const asked = numberId.value;
  const found = await api.fetchCustomers(asked);
  if (asked === numberId.value) customers.value = found.data;
}

export async function loadThread(): Promise<void> {
  const asked = customerKey.value;
  if (!asked) return;
  const found = await api.fetchThread(numberId.value, asked);
  if (asked !== customerKey.value) return;
  messages.value = found.messages;
}

export async function loadFaults(): Promise<void> {
  faults.value = (await api.fetchFaults()).data;
}

export async function chooseNumber(id: string): Promise<void> {
  await leaveChat();
  numberId.value = id;
  customers.value = [];
  await loadCustomers();
  const first = customers.value[0];
  if (first) await chooseCustomer(first.key);
}

export async function chooseCustomer(key: string): Promise<void> {
  if (key === customerKey.value) return;
  await leaveChat();
  customerKey.value = key;
  history.replaceState(null, "", `#${numberId.value}/${key}`);
  await loadThread();
  await lookAtChat(!document.hidden);
}

export async function leaveChat(): Promise<void> {
  await lookAtChat(false);
  customerKey.value = "";
  messages.value = [];
  typingUntil.value = 0;
  replying.value = null;
  openList.value = null;
}

/** While the chat is looked at, what arrives is read. */
export async function lookAtChat(opened: boolean): Promise<void> {
  if (customerKey.value) await api.changeCustomer(numberId.value, customerKey.value, { opened });
}

export async function start(): Promise<void> {
  await Promise.all([loadNumbers(), loadFaults()]);
  const [wantedNumber, wantedCustomer] = location.hash.slice(1).split("/");
  const known =
    numbers.value.find((each) => each.phoneNumberId === wantedNumber) ??
    // Whoever just opens the page wants a number that somebody answers.
    numbers.value.find((each) => each.subscribed) ??
    numbers.value[0];
  if (!known) return;
  numberId.value = known.phoneNumberId;
  await loadCustomers();
  const person = customers.value.find((each) => each.key === wantedCustomer) ?? customers.value[0];
  if (person) await chooseCustomer(person.key);
}
