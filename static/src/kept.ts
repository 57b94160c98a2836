// What one person in one house has left on this device; signing out takes it away.
import { identity } from "./session";

const prefix = () => `balcao.of.${identity.value}.`;

function names(): string[] {
  const all = Array.from({ length: localStorage.length }, (_, place) => localStorage.key(place) ?? "");
  return all.filter((key) => key.startsWith(prefix())).map((key) => key.slice(prefix().length));
}

export const keptHere = (name: string): string | null => localStorage.getItem(prefix() + name);

/** Null and the empty text are nothing to keep. */
export function keepHere(name: string, text: string | null): void {
  if (identity.value === null) return;
  if (text) localStorage.setItem(prefix() + name, text);
  else localStorage.removeItem(prefix() + name);
}

/** Everything whose name begins so, by the rest of its name. */
export function allKeptHere(beginning: string): [rest: string, text: string][] {
  const found = names().filter((name) => name.startsWith(beginning));
  return found.map((name) => [name.slice(beginning.length), keptHere(name) ?? ""]);
}

export function forgetHere(): void {
  for (const name of names()) localStorage.removeItem(prefix() + name);
}

/** Hears what the same person's other tabs keep; the text is null where it was taken away. */
export function onKeptElsewhere(heard: (name: string, text: string | null) => void): void {
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key?.startsWith(prefix())) heard(key.slice(prefix().length), newValue);
  });
}
