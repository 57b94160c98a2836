import { nameOf, phoneText } from "../contact/name";
import { plain, wordsOf } from "../plain";
import { go, href } from "../route";
import type { IconName } from "../ui/Icon";
import type { Conversation } from "../wire";
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

/** Whether each word that is searched begins a word of the text. */
export function isAbout(text: string, searched: string): boolean {
  const words = wordsOf(text);
  return wordsOf(searched).every((wanted) => words.some((word) => word.startsWith(wanted)));
}

function offerOf(conversation: Conversation): Offer {
  const { id, contact } = conversation;
  const phone = contact.phoneNumber ? phoneText(contact.phoneNumber) : "";
  return { id, title: nameOf(contact), icon: "chat", more: phone, run: () => go(href.conversation(id)) };
}

function named(conversations: Iterable<Conversation>, searched: string): Conversation[] {
  const isIt = ({ contact }: Conversation) =>
    isAbout(nameOf(contact), searched) || plain(contact.phoneNumber ?? "").includes(plain(searched));
  return [...conversations].filter(isIt).slice(0, MOST);
}

/** What the palette shows for what is typed: what can be done now, then whom one can go to. */
export function offersFor(searched: string, known: Iterable<Conversation>): Offer[] {
  const acts = GROUPS.flatMap((group) => ACTS.filter((act) => act.group === group && act.id !== "palette"));
  const possible = acts.filter((act) => act.isOffered() && isAbout(act.title, searched));
  return [...possible, ...(searched.trim() ? named(known, searched).map(offerOf) : [])];
}
