import { signal } from "@preact/signals";
import { Problem } from "../api";
import { call } from "../api/call";
import { go, href } from "../route";
import { claim } from "../thread/acts";
import { enter } from "../thread/entering";
import type { Id } from "../wire";
import { keepRead } from "./conversations";

/** Whether somebody is asked with whom to begin. */
export const isBeginning = signal(false);

export function askWithWhom(): void {
  isBeginning.value = true;
}

const CONFLICT = 409;

/** The contact of a telephone, whether the house knows it yet or not. */
async function contactOf(phoneNumber: string, name: string | null): Promise<Id> {
  try {
    return (await call("POST /api/contacts", { body: { phoneNumber, name } })).id;
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.status !== CONFLICT) throw problem;
    return (await call("GET /api/contacts/phone/{number}", { number: phoneNumber })).id;
  }
}

interface With {
  phone: string;
  name: string | null;
  channelId: Id;
}

/** Begins a conversation and goes into it; into the one that is open already, where there is one. */
export async function begin({ phone, name, channelId }: With): Promise<void> {
  const contactId = await contactOf(phone, name);
  const open = () => call("POST /api/conversations", { body: { contactId, channelId } });
  const { id, assignedToId } = await keepRead(open, (row) => [row]);
  // Whoever begins it answers it.
  if (assignedToId === null) await claim(id);
  isBeginning.value = false;
  go(href.conversation(id));
  // Once the dialog is gone: behind it nothing takes the focus.
  requestAnimationFrame(() => enter(id));
}
