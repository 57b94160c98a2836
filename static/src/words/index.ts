import type { Language } from "./languages";
import type { Words } from "./pt-BR";

const dictionaries: Record<Language, () => Promise<Words>> = {
  "pt-BR": () => import("./pt-BR").then(({ ptBR }) => ptBR),
  en: () => import("./en").then(({ en }) => en),
  es: () => import("./es").then(({ es }) => es),
};

/** Set once, before anything that reads them is imported. */
export let language: Language;
export let w: Words;

export async function speak(chosen: Language): Promise<void> {
  w = await dictionaries[chosen]();
  language = chosen;
  document.documentElement.lang = chosen;
}
