import * as api from "./api";
import { attempt, chooseCustomer, customerKey, loadCustomers, numberId, replying } from "./state";
import type { Message } from "./types";

const PAULISTA = { latitude: -23.561414, longitude: -46.655881, name: "MASP", address: "Av. Paulista, 1578" };

function write(message: object): Promise<Message | undefined> {
  const answered = replying.value;
  const context = answered ? { context: { id: answered.wamid } } : {};
  replying.value = null;
  return attempt(() => api.write(numberId.value, customerKey.value, { ...message, ...context }));
}

export const sendText = (body: string) => write({ type: "text", text: { body } });
export const sendSample = (kind: "image" | "audio") => write({ type: kind });
export const sendLocation = () => write({ type: "location", location: PAULISTA });

export function sendCard(name: string, phone: string): Promise<Message | undefined> {
  const card = { name: { formatted_name: name, first_name: name }, phones: [{ phone, type: "CELL" }] };
  return write({ type: "contacts", contacts: [card] });
}

export async function sendFile(kind: "image" | "document", file: File): Promise<void> {
  const kept = await attempt(() => api.keepFile(numberId.value, customerKey.value, file));
  if (!kept) return;
  const content = kind === "document" ? { id: kept.id, filename: file.name } : { id: kept.id };
  await write({ type: kind, [kind]: content });
}

export const react = (wamid: string, emoji: string) =>
  attempt(() =>
    api.write(numberId.value, customerKey.value, {
      type: "reaction",
      reaction: { message_id: wamid, emoji },
    }),
  );

export const tap = (wamid: string, id: string) =>
  attempt(() => api.tap(numberId.value, customerKey.value, wamid, id));

export function answerFlow(wamid: string): Promise<Message | undefined> {
  const reply = { name: "flow", body: "Sent", response_json: '{"flow_token":"unused"}' };
  const interactive = { type: "nfm_reply", nfm_reply: reply };
  return attempt(() =>
    api.write(numberId.value, customerKey.value, {
      type: "interactive",
      interactive,
      context: { id: wamid },
    }),
  );
}

export async function addCustomer(name: string, phone: string): Promise<boolean> {
  const added = await attempt(() => api.changeCustomer(numberId.value, phone, { name }));
  if (!added) return false;
  await loadCustomers();
  await chooseCustomer(added.key);
  return true;
}

export const changeCustomer = (change: object) =>
  attempt(async () => {
    await api.changeCustomer(numberId.value, customerKey.value, change);
    await loadCustomers();
  });
