import { computed, signal } from "@preact/signals";
import type { Permission, SignedIn } from "./wire";

const KEY = "balcao.session";

function stored(): SignedIn | null {
  const text = localStorage.getItem(KEY);
  return text ? (JSON.parse(text) as SignedIn) : null;
}

export const session = signal<SignedIn | null>(stored());
export const me = computed(() => session.value?.user ?? null);

/** Who uses this device, and in which house; null while nobody is signed in. */
export const identity = computed(() => {
  const { user, tenant } = session.value ?? {};
  return user && tenant ? `${tenant.id}.${user.id}` : null;
});

/** The server's own word on what this person's role may do. A session of before it said so has none yet. */
export const may = (permission: Permission): boolean => me.value?.permissions?.includes(permission) ?? false;

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
