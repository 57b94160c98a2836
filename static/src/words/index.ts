import type { Language } from "./languages";
import type { Words } from "./pt-BR";
import type { Said } from "./said";

const dictionaries: Record<Language, () => Promise<Words>> = {
  "pt-BR": () => import("./pt-BR").then(({ ptBR }) => ptBR),
  en: () => import("./en").then(({ en }) => en),
  es: () => import("./es").then(({ es }) => es),
};

/** What the server itself says is in Portuguese; null where that is the language. */
const sayings: Record<Language, () => Promise<Said | null>> = {
  "pt-BR": async () => null,
  en: () => import("./en/said").then(({ said }) => said),
  es: () => import("./es/said").then(({ said }) => said),
};

/** Set once, before anything that reads them is imported. */
export let language: Language;
export let w: Words;
export let said: Said | null = null;

export async function speak(chosen: Language): Promise<void> {
  [w, said] = await Promise.all([dictionaries[chosen](), sayings[chosen]()]);
  language = chosen;
  document.documentElement.lang = chosen;
}
