import { computed, signal } from "@preact/signals";
import type { SignedIn } from "./wire";

const KEY = "balcao.session";

function stored(): SignedIn | null {
  const text = localStorage.getItem(KEY);
  return text ? (JSON.parse(text) as SignedIn) : null;
}

export const session = signal<SignedIn | null>(stored());
export const me = computed(() => session.value?.user ?? null);
export const isAdmin = computed(() => me.value?.role === "ADMIN");
export const mayAnswer = computed(() => me.value?.role !== "VIEWER");

/** Why the person is looking at the sign-in page again, if it was not their choice. */
export const signedOutBecause = signal<"expired" | null>(null);

export function keepSession(next: SignedIn | null): void {
  if (next) localStorage.setItem(KEY, JSON.stringify(next));
  else localStorage.removeItem(KEY);
  session.value = next;
}

/** Another tab may have rotated the refresh token since this one read it. */
export function readSessionOfOtherTabs(): SignedIn | null {
  session.value = stored();
  return session.value;
}

window.addEventListener("storage", (event) => {
  if (event.key === KEY) readSessionOfOtherTabs();
});
