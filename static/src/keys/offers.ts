import { nameOf, phoneText } from "../contact/name";
import { plain, wordsOf } from "../plain";
import { go, href } from "../route";
import { enter } from "../thread/entering";
import type { IconName } from "../ui/Icon";
import type { Contact, Conversation, Id } from "../wire";
import { GROUPS } from "./act";
import { ACTS } from "./acts";

/** A line of the palette. */
export interface Offer {
  id: string;
  title: string;
  icon: IconName;
  /** What tells it from others of the same title. */
  more?: string;
  key?: string;
  run: () => unknown;
}

const MOST = 6;

const begun = (words: readonly string[], wanted: readonly string[]): boolean =>
  wanted.every((beginning) => words.some((word) => word.startsWith(beginning)));

/** Whether each word that is searched begins a word of the text. */
export const isAbout = (text: string, searched: string): boolean => begun(wordsOf(text), wordsOf(searched));

const names = new WeakMap<Contact, readonly string[]>();

/** There may be ten thousand, and each letter that is typed asks for them. */
function wordsOfName(contact: Contact): readonly string[] {
  const words = names.get(contact) ?? wordsOf(nameOf(contact));
  names.set(contact, words);
  return words;
}

function goInto(id: Id): void {
  go(href.conversation(id));
  enter(id);
}

function offerOf(conversation: Conversation): Offer {
  const { id, contact } = conversation;
  const phone = contact.phoneNumber ? phoneText(contact.phoneNumber) : "";
  return { id, title: nameOf(contact), icon: "chat", more: phone, run: () => goInto(id) };
}

function named(conversations: Iterable<Conversation>, searched: string): Conversation[] {
  const [wanted, digits] = [wordsOf(searched), plain(searched)];
  const found: Conversation[] = [];
  for (const one of conversations) {
    const { contact } = one;
    if (begun(wordsOfName(contact), wanted) || contact.phoneNumber?.includes(digits)) found.push(one);
    if (found.length === MOST) break;
  }
  return found;
}

/** What the palette shows for what is typed: what can be done now, then whom one can go to. */
export function offersFor(searched: string, known: Iterable<Conversation>): Offer[] {
  const acts = GROUPS.flatMap((group) => ACTS.filter((act) => act.group === group && act.id !== "palette"));
  const possible = acts.filter((act) => act.isOffered() && isAbout(act.title, searched));
  return [...possible, ...(searched.trim() ? named(known, searched).map(offerOf) : [])];
}
