import { signal } from "@preact/signals";
import type { Id } from "../wire";

export type ThreadDialog = "transfer" | "note" | "snooze" | "close";

/** What is asked of the agent about a conversation; menus and keys open the same. */
export const openDialog = signal<{ dialog: ThreadDialog; conversationId: Id } | null>(null);

export function askAbout(conversationId: Id, dialog: ThreadDialog): void {
  openDialog.value = { dialog, conversationId };
}

export function stopAsking(): void {
  openDialog.value = null;
}
