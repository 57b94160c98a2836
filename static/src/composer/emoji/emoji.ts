import { keepHere, keptHere } from "../../kept";
import { plain } from "../../plain";
import { w } from "../../words";

export interface Emoji {
  sign: string;
  /** What it is found by; the first words name it. */
  name: string;
}

export type Group = keyof typeof w.composing.emoji.groups;
export interface EmojiGroup {
  title: string;
  emoji: readonly Emoji[];
}

const KEPT_AS = "emoji.recent";
const MAX_RECENT = 16;
const groupNames = Object.keys(w.composing.emoji.groups) as Group[];

const listed = (lines: string): Emoji[] =>
  lines.split("\n").map((line) => {
    const end = line.indexOf(" ");
    return { sign: line.slice(0, end), name: line.slice(end + 1) };
  });

export async function loadEmoji(): Promise<EmojiGroup[]> {
  const lines = await w.composing.emoji.names();
  return groupNames.map((group) => ({ title: w.composing.emoji.groups[group], emoji: listed(lines[group]) }));
}

const recent = (): string[] => (keptHere(KEPT_AS) ?? "").split(" ").filter(Boolean);

export function keepRecent(sign: string): void {
  keepHere(KEPT_AS, [sign, ...recent().filter((one) => one !== sign)].slice(0, MAX_RECENT).join(" "));
}

/** What is named so comes before what only has to do with it. */
function farFrom(wanted: string, { name }: Emoji): number {
  const words = plain(name).split(" ");
  return words[0] === wanted ? 0 : words.includes(wanted) ? 1 : 2;
}

/** Those that this person used last come first; a search leaves one list, best matches first. */
export function offered(groups: readonly EmojiGroup[], text: string): EmojiGroup[] {
  const all = groups.flatMap(({ emoji }) => emoji);
  const wanted = plain(text.trim());
  if (wanted) {
    const found = all.filter(({ name, sign }) => plain(name).includes(wanted) || sign === text.trim());
    const sorted = found.sort((a, b) => farFrom(wanted, a) - farFrom(wanted, b));
    return sorted.length > 0 ? [{ title: "", emoji: sorted }] : [];
  }
  const last = recent().map((sign) => all.find((one) => one.sign === sign) ?? { sign, name: sign });
  return last.length > 0 ? [{ title: w.composing.emoji.recent, emoji: last }, ...groups] : [...groups];
}
