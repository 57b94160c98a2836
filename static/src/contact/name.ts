import type { Contact } from "../wire";
import { w } from "../words";

export function nameOf(contact: Contact): string {
  return contact.name || (contact.phoneNumber ? phoneText(contact.phoneNumber) : w.card.unnamed);
}

/** +55 11 99999-9999 for Brazil; other countries keep their digits. */
export function phoneText(digits: string): string {
  const brazil = /^\+?55(\d{2})(\d{4,5})(\d{4})$/.exec(digits);
  if (brazil) return `+55 ${brazil[1]} ${brazil[2]}-${brazil[3]}`;
  return digits.startsWith("+") ? digits : `+${digits}`;
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const first = words[0]?.[0] ?? "#";
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : "";
  return (first + last).toUpperCase();
}
