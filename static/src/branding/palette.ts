import { contrast, hexOfOklch, type Oklch, oklchOf } from "./color";

export type Scheme = "light" | "dark";

/** What a house's colour paints, by the names of the console's own tokens (styles/tokens.css). */
export interface Palette {
  accent: string;
  accentStrong: string;
  onAccent: string;
  accentSoft: string;
  chosen: string;
}

/** What text is read at (WCAG 2.2, AA). */
export const READABLE = 4.5;
const STEP = 0.005;

// As they stand in styles/tokens.css.
export const BACKGROUNDS = {
  light: {
    page: "#eef1ef",
    surface: "#ffffff",
    raised: "#ffffff",
    sunken: "#f4f6f5",
    hover: "#f1f4f2",
    "bubble-in": "#ffffff",
    "bubble-out": "#d8f3e3",
    "bubble-note": "#fff6d6",
  },
  dark: {
    page: "#0d1211",
    surface: "#141a18",
    raised: "#1b2321",
    sunken: "#101614",
    hover: "#1b2320",
    "bubble-in": "#1e2725",
    "bubble-out": "#12493b",
    "bubble-note": "#3a3215",
  },
} as const;
/** The console's own, of a house that has chosen none. */
export const OWN: Record<Scheme, Palette> = {
  light: {
    accent: "#0a7560",
    accentStrong: "#085d4d",
    onAccent: "#ffffff",
    accentSoft: "#dff1eb",
    chosen: "#e4f2ed",
  },
  dark: {
    accent: "#37c3a0",
    accentStrong: "#5ad6b6",
    onAccent: "#04211a",
    accentSoft: "#15372f",
    chosen: "#17352d",
  },
};
const WHITE = "#ffffff";

/** Moves the lightness by steps towards `end` until the colour can be read on all of them. */
function readable(color: Oklch, on: readonly string[], end: 0 | 1): string {
  const direction = end === 0 ? -STEP : STEP;
  const count = Math.ceil(Math.abs(end - color.lightness) / STEP);
  for (let step = 0; step < count; step++) {
    const hex = hexOfOklch({ ...color, lightness: color.lightness + direction * step });
    if (on.every((background) => contrast(hex, background) >= READABLE)) return hex;
  }
  return end === 0 ? "#000000" : WHITE;
}

function lightPalette(color: Oklch): Palette {
  const tint = (lightness: number, chroma: number) =>
    hexOfOklch({ lightness, chroma: Math.min(color.chroma, chroma), hue: color.hue });
  const [accentSoft, chosen] = [tint(0.945, 0.03), tint(0.94, 0.028)];
  const on = [...Object.values(BACKGROUNDS.light), accentSoft, chosen];
  const accent = readable(color, on, 0);
  const { lightness } = oklchOf(accent);
  const accentStrong = hexOfOklch({ ...oklchOf(accent), lightness: Math.max(0, lightness - 0.075) });
  return { accent, accentStrong, onAccent: WHITE, accentSoft, chosen };
}

function darkPalette(color: Oklch): Palette {
  const tint = (lightness: number, chroma: number) =>
    hexOfOklch({ lightness, chroma: Math.min(color.chroma, chroma), hue: color.hue });
  const [accentSoft, chosen] = [tint(0.31, 0.045), tint(0.3, 0.042)];
  const on = [...Object.values(BACKGROUNDS.dark), accentSoft, chosen];
  // What is dark enough for white paper would glare less, and be read worse, than a lighter one.
  const accent = readable({ ...color, lightness: Math.max(0.72, color.lightness) }, on, 1);
  const { lightness, ...rest } = oklchOf(accent);
  const accentStrong = hexOfOklch({ ...rest, lightness: Math.min(0.97, lightness + 0.06) });
  return {
    accent,
    accentStrong,
    onAccent: readable({ ...tintOf(color), lightness: 0.22 }, [accent], 0),
    accentSoft,
    chosen,
  };
}

const tintOf = (color: Oklch): Oklch => ({ ...color, chroma: Math.min(color.chroma, 0.04) });

/** A house's colour, corrected where it could not be read; white, black and neon yellow come out usable too. */
export function paletteOf(hex: string): Record<Scheme, Palette> {
  const color = oklchOf(hex);
  return { light: lightPalette(color), dark: darkPalette(color) };
}

const TOKENS: Record<keyof Palette, string> = {
  accent: "--accent",
  accentStrong: "--accent-strong",
  onAccent: "--on-accent",
  accentSoft: "--accent-soft",
  chosen: "--chosen",
};

/** Custom properties that paint it, in the light and in the dark; none for null, the console's own colour. */
export function tokensOf(hex: string | null): Record<string, string> {
  if (!hex) return {};
  const { light, dark } = paletteOf(hex);
  const names = Object.keys(TOKENS) as (keyof Palette)[];
  return Object.fromEntries(names.map((name) => [TOKENS[name], `light-dark(${light[name]}, ${dark[name]})`]));
}

/** The same for a piece of the page that is of one appearance, whatever the rest is. */
export function tokensWithin(hex: string | null, scheme: Scheme): Record<string, string> {
  const painted = hex ? paletteOf(hex)[scheme] : OWN[scheme];
  const names = Object.keys(TOKENS) as (keyof Palette)[];
  const backgrounds = Object.entries(BACKGROUNDS[scheme]).map(([name, color]) => [`--${name}`, color]);
  return Object.fromEntries([...backgrounds, ...names.map((name) => [TOKENS[name], painted[name]])]);
}

export const TOKEN_NAMES = Object.values(TOKENS);
