import type { Language } from "../words/languages";
import type { PhoneWords } from "../words/pt-BR/phone";

const dictionaries: Record<Language, () => Promise<PhoneWords>> = {
  "pt-BR": () => import("../words/pt-BR/phone").then(({ phone }) => phone),
  en: () => import("../words/en/phone").then(({ phone }) => phone),
  es: () => import("../words/es/phone").then(({ phone }) => phone),
};

/** Set once, before anything that reads them is imported. */
export let language: Language;
export let w: PhoneWords;

export async function speak(chosen: Language): Promise<void> {
  w = await dictionaries[chosen]();
  language = chosen;
  document.documentElement.lang = chosen;
  document.title = w.title;
}
