import { signal } from "@preact/signals";
import { me } from "../session";
import type { Id } from "../wire";

const FORGET_MS = 30_000;

export interface Viewer {
  conversationId: Id;
  userId: Id;
  userName: string;
}

/** Colleagues who have a conversation before their eyes, in any of those that were joined here. */
export const viewers = signal<readonly Viewer[]>([]);

export const viewersOf = (conversationId: Id) =>
  viewers.value.filter((one) => one.conversationId === conversationId);

const forgetting = new Map<string, ReturnType<typeof setTimeout>>();
const keyOf = ({ conversationId, userId }: Viewer) => `${conversationId} ${userId}`;

export function heardViewing({ isViewing, ...viewer }: Viewer & { isViewing: boolean }): void {
  if (viewer.userId === me.value?.id) return;
  if (isViewing) remember(viewer);
  else forget(viewer);
}

function remember(viewer: Viewer): void {
  const key = keyOf(viewer);
  clearTimeout(forgetting.get(key));
  // The word that he left may be lost with his connection.
  const later = setTimeout(() => forget(viewer), FORGET_MS);
  forgetting.set(key, later);
  if (!viewers.value.some((one) => keyOf(one) === key)) viewers.value = [...viewers.value, viewer];
}

function forget(viewer: Viewer): void {
  const key = keyOf(viewer);
  clearTimeout(forgetting.get(key));
  forgetting.delete(key);
  viewers.value = viewers.value.filter((one) => keyOf(one) !== key);
}
