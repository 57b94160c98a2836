import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contrast, hexOfOklch, oklchOf } from "../src/branding/color";
import { BACKGROUNDS, paletteOf, TOKEN_NAMES, tokensOf, tokensWithin } from "../src/branding/palette";

/** What WCAG 2.2 asks of text (1.4.3). */
const AA = 4.5;
const COLORS = [
  "#0a7560",
  "#ffffff",
  "#000000",
  "#ffff00",
  "#00ffff",
  "#ff0000",
  "#7c3aed",
  "#f5b5c8",
  "#123456",
  "#808080",
];

describe("contrast", () => {
  it("is what WCAG says it is", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
    expect(contrast("#ffffff", "#777777")).toBe(contrast("#777777", "#ffffff"));
  });
});

describe("the way there and back", () => {
  it.each(COLORS)("leaves %s as it was", (hex) => {
    expect(hexOfOklch(oklchOf(hex))).toBe(hex);
  });
});

describe("a house's colour", () => {
  it.each(COLORS)("can be read in the light and in the dark: %s", (hex) => {
    const palettes = paletteOf(hex);
    for (const scheme of ["light", "dark"] as const) {
      const { accent, accentStrong, onAccent, accentSoft, chosen } = palettes[scheme];
      for (const text of [accent, accentStrong]) {
        for (const background of [...Object.values(BACKGROUNDS[scheme]), accentSoft, chosen]) {
          expect(contrast(text, background), `${scheme} ${text} on ${background}`).toBeGreaterThanOrEqual(AA);
        }
        expect(contrast(onAccent, text)).toBeGreaterThanOrEqual(AA);
      }
    }
  });

  it("stays itself where it can be read already", () => {
    expect(paletteOf("#7c3aed").light.accent).toBe("#7c3aed");
    expect(paletteOf("#ffff00").light.accent).not.toBe("#ffff00");
  });

  it("keeps its hue where it is corrected", () => {
    const yellow = oklchOf(paletteOf("#ffe100").light.accent);
    expect(yellow.hue).toBeCloseTo(oklchOf("#ffe100").hue, 1);
  });

  it("is measured against the backgrounds that the console really has", () => {
    const tokens = readFileSync(`${import.meta.dirname}/../src/styles/tokens.css`, "utf8");
    const standing = (name: string) =>
      new RegExp(`${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(tokens)?.slice(1);
    for (const name of Object.keys(BACKGROUNDS.light) as (keyof typeof BACKGROUNDS.light)[]) {
      expect(standing(`--${name}`)).toEqual([BACKGROUNDS.light[name], BACKGROUNDS.dark[name]]);
    }
    const [light, dark] = [tokensWithin(null, "light"), tokensWithin(null, "dark")];
    for (const name of TOKEN_NAMES) expect(standing(name)).toEqual([light[name], dark[name]]);
  });

  it("paints nothing where the house has chosen none", () => {
    expect(tokensOf(null)).toEqual({});
    expect(tokensOf("#7c3aed")["--accent"]).toMatch(/^light-dark\(#7c3aed, #[0-9a-f]{6}\)$/);
  });
});
