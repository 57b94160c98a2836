import type { Language } from "./languages";

/** "1.234 conversas": the number as it is written in the language, then the form that goes with it. */
export function pluralIn(language: Language) {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  // The rules say "0 conversa" in Portuguese; screens in Brazil say "0 conversas".
  const isOne = (count: number) => count !== 0 && rules.select(count) === "one";
  return (count: number, one: string, other: string): string =>
    `${numbers.format(count)} ${isOne(count) ? one : other}`;
}
