import { describe, expect, it } from "vitest";
import { digitHitsIn, hitsIn, type Piece } from "../src/inbox/hits";

const shown = (pieces: Piece[]) => pieces.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join("");

describe("what was searched for", () => {
  it.each([
    ["João da Conceição", "conceicao", "João da [Conceição]"],
    ["João da Conceição", "JOAO co", "[João] da [Co]nceição"],
    ["João", "ão", "João"],
    ["Ana Banana", "ana", "[Ana] Banana"],
    ["Ângela e Angelo", "angel", "[Ângel]a e [Angel]o"],
    ["Sa\u0303o Paulo", "sao", "[Sa\u0303o] Paulo"],
    ["Maria", ".*", "Maria"],
    ["Ana Ana", "ana an", "[Ana] [Ana]"],
    ["ﬁlial 2", "fil", "[ﬁl]ial 2"],
    ["🙂 Rita", "ri", "🙂 [Ri]ta"],
  ])("is marked in %s for %s", (text, searched, marked) => {
    expect(shown(hitsIn(text, searched))).toBe(marked);
    expect(
      hitsIn(text, searched)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  });

  it.each([
    ["+55 11 98030-0922", "980300922", "+55 11 [98030-0922]"],
    ["+55 11 98030-0922", "0922", "+55 11 98030-[0922]"],
    ["+55 11 98030-0922", "5511", "+[55 11] 98030-0922"],
    ["+55 11 98030-0922", "98030-09", "+55 11 [98030-09]22"],
    ["+55 11 98030-0922", "777", "+55 11 98030-0922"],
    ["+55 11 98030-0922", "ana", "+55 11 98030-0922"],
  ])("is marked in the number %s for %s", (phone, searched, marked) => {
    expect(shown(digitHitsIn(phone, searched))).toBe(marked);
  });
});
