import { initials } from "../contact/name";

const HUES = [12, 38, 95, 150, 175, 205, 245, 285, 330];

/** The same person has the same colour everywhere. */
export function hueOf(name: string): number {
  const sum = [...name].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) >>> 0, 7);
  return HUES[sum % HUES.length] ?? 0;
}

export function Avatar({ name, small }: { name: string; small?: boolean }) {
  return (
    <span
      class={small ? "avatar avatar-small" : "avatar"}
      style={{ "--hue": String(hueOf(name)) }}
      data-initials={initials(name)}
      aria-hidden="true"
    />
  );
}
