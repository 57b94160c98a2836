import { computed, type Signal, signal } from "@preact/signals";
import * as api from "./api";
import type { Customer, Fault, Message, SimulatedNumber } from "./types";

export const numbers = signal<SimulatedNumber[]>([]);
export const numberId = signal("");
export const customers = signal<Customer[]>([]);
export const faults = signal<Fault[]>([]);
export const connected = signal(true);
export const problem = signal("");
export const benchOpen = signal(false);

export const number = computed(() => numbers.value.find((each) => each.phoneNumberId === numberId.value));

const ARRIVED = new Set(["delivered", "read", "played"]);
/** They are seen on the message they name. */
const UNSEEN = new Set(["reaction", "edit", "revoke"]);

/** A phone shows what has reached it: what still waits at the provider, or failed, is not there. */
export const shown = (messages: Message[]): Message[] =>
  messages.filter(
    ({ type, sender, status }) => !UNSEEN.has(type) && (sender === "customer" || ARRIVED.has(status)),
  );

/** What was sent to this phone since the last that arrived there, and is not on it. */
export function missing(messages: Message[]): Message[] {
  const sent = messages.filter(({ sender }) => sender === "business");
  return sent.slice(sent.findLastIndex(({ status }) => ARRIVED.has(status)) + 1);
}

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

/** Reads anew into `kept`: of several under way what was asked last counts, in whatever order they are answered. */
function reading<T>(read: () => Promise<{ data: T }>, kept: Signal<T>): () => Promise<void> {
  let newest = 0;
  return async () => {
    newest += 1;
    const mine = newest;
    const { data } = await read();
    if (mine === newest) kept.value = data;
  };
}

export const loadNumbers = reading(api.fetchNumbers, numbers);
export const loadFaults = reading(api.fetchFaults, faults);
const readCustomers = reading(() => api.fetchCustomers(numberId.value), customers);

export async function loadCustomers(): Promise<void> {
  if (numberId.value) await readCustomers();
}
