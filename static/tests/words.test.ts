import { afterEach, describe, expect, it } from "vitest";
import { keepSession } from "../src/session";
import { en } from "../src/words/en";
import { phone as phoneInEnglish } from "../src/words/en/phone";
import { es } from "../src/words/es";
import { phone as phoneInSpanish } from "../src/words/es/phone";
import { languageOf, preferredLanguage } from "../src/words/languages";
import { pluralIn } from "../src/words/plural";
import { ptBR } from "../src/words/pt-BR";
import { phone as phoneInPortuguese } from "../src/words/pt-BR/phone";
import { sameInEnglish, sameInSpanish } from "./sameWords";
import { session } from "./session";

type Leaves = Map<string, string>;

/** Every text by its path; what a text is made of stands in it as "0", "1"… */
function leavesOf(said: unknown, path = "", leaves: Leaves = new Map()): Leaves {
  if (typeof said === "string") return leaves.set(path, said);
  if (typeof said === "function")
    return leavesOf(filled(said as (...given: unknown[]) => unknown), path, leaves);
  if (said instanceof Promise) return leaves;
  for (const [name, one] of Object.entries(said ?? {}))
    leavesOf(one, path ? `${path}.${name}` : name, leaves);
  return leaves;
}

function filled(say: (...given: unknown[]) => unknown): unknown {
  const places = Array.from({ length: say.length }, (_, place) => String(place));
  try {
    return say(...places);
  } catch {
    // It wants names, not a text.
    return say(["0", "1"]);
  }
}

const portuguese = leavesOf({ ...ptBR, onPhone: phoneInPortuguese });
const english = leavesOf({ ...en, onPhone: phoneInEnglish });
const spanish = leavesOf({ ...es, onPhone: phoneInSpanish });

function unchanged(translated: Leaves): string[] {
  const hasWords = (text: string) => /\p{L}{2}/u.test(text.replace(/https?:\S+/g, ""));
  return [...portuguese]
    .filter(([path, text]) => translated.get(path) === text && hasWords(text))
    .map(([, text]) => text);
}

describe("the languages", () => {
  it("say the same things", () => {
    expect([...english.keys()].sort()).toEqual([...portuguese.keys()].sort());
    expect([...spanish.keys()].sort()).toEqual([...portuguese.keys()].sort());
  });

  it("leave nothing in Portuguese", () => {
    expect(unchanged(english).filter((text) => !sameInEnglish.includes(text))).toEqual([]);
    expect(unchanged(spanish).filter((text) => !sameInSpanish.includes(text))).toEqual([]);
  });
});

describe("a number with its word", () => {
  it("is written as the language does", () => {
    expect(pluralIn("en")(0, "message", "messages")).toBe("0 messages");
    expect(pluralIn("en")(1, "message", "messages")).toBe("1 message");
    expect(pluralIn("en")(12345, "message", "messages")).toBe("12,345 messages");
    expect(pluralIn("pt-BR")(0, "mensagem", "mensagens")).toBe("0 mensagens");
    expect(pluralIn("pt-BR")(12345, "mensagem", "mensagens")).toBe("12.345 mensagens");
    expect(pluralIn("es")(1, "mensaje", "mensajes")).toBe("1 mensaje");
  });
});

describe("the language to start with", () => {
  const prefers = (...tags: string[]) =>
    Object.defineProperty(navigator, "languages", { value: tags, configurable: true });

  afterEach(() => {
    localStorage.clear();
    keepSession(null);
    prefers("pt-BR");
  });

  it("is the browser's, whatever its region, and Portuguese where none is spoken", () => {
    prefers("fr-FR", "es-MX", "en");
    expect(preferredLanguage()).toBe("es");
    prefers("fr-FR", "de");
    expect(preferredLanguage()).toBe("pt-BR");
    expect([languageOf("pt-PT"), languageOf("en-GB"), languageOf("enm")]).toEqual(["pt-BR", "en", null]);
  });

  it("is the house's for whoever is signed in, and the person's own above all", () => {
    prefers("en");
    keepSession(session());
    localStorage.setItem("balcao.of.h.me.locale", "es-AR");
    expect(preferredLanguage()).toBe("es");
    localStorage.setItem("balcao.language", "pt-BR");
    expect(preferredLanguage()).toBe("pt-BR");
    localStorage.removeItem("balcao.language");
    keepSession(null);
    expect(preferredLanguage()).toBe("en");
  });
});
