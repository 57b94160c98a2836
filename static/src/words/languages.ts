import { keptHere } from "../kept";

export const LANGUAGES = ["pt-BR", "en", "es"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each by its own name, for whoever does not read the language of the page. */
export const languageNames: Record<Language, string> = {
  "pt-BR": "Português",
  en: "English",
  es: "Español",
};

const KEY = "balcao.language";

/** "es-MX" → "es"; null for a tag of a language the console does not speak. */
export function languageOf(tag: string): Language | null {
  const spoken = (text: string) => text.toLowerCase().split("-")[0];
  return LANGUAGES.find((one) => spoken(one) === spoken(tag)) ?? null;
}

/** What was chosen on this device, then the house's own, then what the browser prefers. */
export function preferredLanguage(): Language {
  const tags = [localStorage.getItem(KEY), keptHere("locale"), ...navigator.languages];
  for (const tag of tags) {
    const language = tag && languageOf(tag);
    if (language) return language;
  }
  return "pt-BR";
}

/** Every text and format is read once, at the start. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  location.reload();
}
