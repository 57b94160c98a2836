import { plain, wordsOf } from "../plain";

export interface Piece {
  text: string;
  isHit: boolean;
}

type Stretch = readonly [from: number, to: number];
const IN_A_WORD = /[\p{L}\p{N}_]/u;

/** A text in pieces: those that were searched for, and what lies between. Words are found by how they begin. */
export function hitsIn(text: string, searched: string): Piece[] {
  const { folded, origin } = foldWithOrigin(text);
  const found = wordsOf(searched).flatMap((word) => beginnings(folded, word));
  return pieces(
    text,
    found.map(([from, to]) => [origin[from] ?? 0, origin[to] ?? text.length]),
  );
}

/** A number, however it is written, in pieces. */
export function digitHitsIn(phone: string, searched: string): Piece[] {
  const wanted = searched.replace(/\D/g, "");
  const origin = [...phone].flatMap((char, at) => (/\d/.test(char) ? [at] : []));
  const at = wanted ? phone.replace(/\D/g, "").indexOf(wanted) : -1;
  if (at < 0) return pieces(phone, []);
  return pieces(phone, [[origin[at] ?? 0, (origin[at + wanted.length - 1] ?? 0) + 1]]);
}

/** Folding may shorten or lengthen a text: `origin` tells where each folded letter stood. */
function foldWithOrigin(text: string): { folded: string; origin: number[] } {
  let folded = "";
  const origin: number[] = [];
  let at = 0;
  for (const char of text) {
    for (const letter of plain(char)) {
      folded += letter;
      origin.push(...Array.from({ length: letter.length }, () => at));
    }
    at += char.length;
  }
  return { folded, origin };
}

function beginnings(folded: string, word: string): Stretch[] {
  const found: Stretch[] = [];
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
    if (!IN_A_WORD.test(folded[at - 1] ?? " ")) found.push([at, at + word.length]);
  }
  return found;
}

function pieces(text: string, found: readonly Stretch[]): Piece[] {
  const cut: Piece[] = [];
  let done = 0;
  const add = (to: number, isHit: boolean) => {
    if (to > done) cut.push({ text: text.slice(done, to), isHit });
    done = Math.max(done, to);
  };
  for (const [from, to] of [...found].sort(([a], [b]) => a - b)) {
    add(from, false);
    add(to, true);
  }
  add(text.length, false);
  return cut;
}
