import { plain } from "../plain";
import { timeZone } from "../time";
import type { Contact } from "../wire";
import { w } from "../words";
import { COMPOSER_ID } from "./replying";

const VARIABLE = /\{\{\s*([\p{L}\d_]+)\s*\}\}/gu;

export interface Circumstances {
  contact: Pick<Contact, "name">;
  /** Who is writing. */
  author: string | null | undefined;
  /** 0 to 23. */
  hour: number;
}

const firstOf = (name: string | null | undefined) => name?.trim().split(/\s+/)[0];

/** By the tenant's clock, which is the one in the customer's town. */
export const hourThere = (): number =>
  Number(
    new Intl.DateTimeFormat("en-GB", {
      hour: "2-digit",
      hourCycle: "h23",
      timeZone: timeZone.value,
    }).format(),
  );

function greeting(hour: number): string {
  const { morning, afternoon, evening } = w.composing.variables.greetings;
  if (hour >= 5 && hour < 12) return morning;
  return hour >= 12 && hour < 18 ? afternoon : evening;
}

/** The names are part of what a house has written, so they are the same in every language of the console. */
const values: Record<string, (known: Circumstances) => string | null | undefined> = {
  nome: ({ contact }) => contact.name,
  primeiro_nome: ({ contact }) => firstOf(contact.name),
  atendente: ({ author }) => firstOf(author),
  saudacao: ({ hour }) => greeting(hour),
};

/** A variable that nothing is known of stays as it is written. */
export function fillVariables(text: string, known: Circumstances): string {
  return text.replace(VARIABLE, (whole, name: string) => values[plain(name)]?.(known) || whole);
}

/** As written, each once. */
export function missingIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(VARIABLE), ([whole]) => whole))];
}

/** Text and variables by turns, the variables at the odd places. */
export const splitByVariables = (text: string): string[] => text.split(/(\{\{\s*[\p{L}\d_]+\s*\}\})/u);

/** Puts the cursor on a variable, so that typing takes its place. */
export function selectVariable(whole: string): void {
  const box = document.getElementById(COMPOSER_ID) as HTMLTextAreaElement | null;
  const at = box?.value.indexOf(whole) ?? -1;
  if (!box || at < 0) return;
  box.focus();
  box.setSelectionRange(at, at + whole.length);
}
