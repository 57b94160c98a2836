import type { Customer, Fault, Message, SimulatedNumber } from "./types";

const ROOT = "/simulator";

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(ROOT + path, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
    keepalive: method === "PATCH",
  });
  const parsed = await answer.json();
  if (!answer.ok) throw new Error(parsed.message);
  return parsed;
}

const person = (number: string, customer: string) =>
  `/numbers/${number}/customers/${encodeURIComponent(customer)}`;

export const fetchNumbers = () => call<{ data: SimulatedNumber[] }>("GET", "/numbers");
export const addNumber = (name: string) => call<SimulatedNumber>("POST", "/numbers", { name });
export const changeNumber = (number: string, change: object) =>
  call<SimulatedNumber>("PATCH", `/numbers/${number}`, change);

export const fetchCustomers = (number: string) =>
  call<{ data: Customer[] }>("GET", `/numbers/${number}/customers`);
export const changeCustomer = (number: string, customer: string, change: object) =>
  call<Customer>("PATCH", person(number, customer), change);
export const moveCustomer = (number: string, customer: string, phone: string) =>
  call<Customer>("POST", `${person(number, customer)}/move`, { phone });
export const forgetCustomer = (number: string, customer: string) =>
  call<unknown>("DELETE", person(number, customer));
export const fetchThread = (number: string, customer: string) =>
  call<{ customer: Customer; messages: Message[] }>("GET", `${person(number, customer)}/thread`);

export const write = (number: string, customer: string, message: object) =>
  call<Message>("POST", `${person(number, customer)}/messages`, message);
export const tap = (number: string, customer: string, wamid: string, id: string) =>
  call<Message>("POST", `${person(number, customer)}/taps`, { wamid, id });
export const played = (number: string, customer: string, wamid: string) =>
  call<Message>("POST", `${person(number, customer)}/played`, { wamid });

export async function keepFile(number: string, customer: string, file: File): Promise<{ id: string }> {
  const path = `${person(number, customer)}/media?filename=${encodeURIComponent(file.name)}`;
  const headers = { "Content-Type": file.type || "application/octet-stream" };
  const answer = await fetch(ROOT + path, { method: "POST", headers, body: file });
  const parsed = await answer.json();
  if (!answer.ok) throw new Error(parsed.message);
  return parsed;
}

export const fetchFaults = () => call<{ data: Fault[] }>("GET", "/faults");
export const addFault = (fault: object) => call<Fault>("POST", "/faults", fault);
export const removeFault = (id: string) => call<unknown>("DELETE", `/faults/${id}`);

export const fileUrl = (media: { id?: string; link?: string }) =>
  media.link ?? `${ROOT}/media/${media.id ?? "nenhum"}`;
export const STREAM = `${ROOT}/stream`;
