import { signal } from "@preact/signals";

const asked = matchMedia("(prefers-color-scheme: dark)");

/** What the machine asks for; the theme chosen in the menu may say otherwise. */
export const isDark = signal(asked.matches);

asked.addEventListener("change", () => {
  isDark.value = asked.matches;
});
