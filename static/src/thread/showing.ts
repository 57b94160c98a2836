import { effect, signal } from "@preact/signals";
import { rowElementId } from "../message/Bubble";
import { notify } from "../notices";
import type { Id } from "../wire";
import { w } from "../words";
import { loadOlder, rowsOf, threads } from "./threads";

const PAGES = 40;

/** The message that somebody wants to see, until it is shown. */
const wanted = signal<{ conversationId: Id; messageId: Id } | null>(null);

export function showMessage(conversationId: Id, messageId: Id): void {
  wanted.value = { conversationId, messageId };
}

/** Reads back until the message is there; answers whether it is. */
async function reach(conversationId: Id, messageId: Id): Promise<boolean> {
  for (let page = 0; page < PAGES; page += 1) {
    if (rowsOf(conversationId).some((row) => row.id === messageId)) return true;
    if (!threads.value.get(conversationId)?.hasOlder) return false;
    await loadOlder(conversationId);
  }
  return false;
}

function point(messageId: Id): void {
  const element = document.getElementById(rowElementId(messageId));
  element?.scrollIntoView({ block: "center" });
  element?.focus({ preventScroll: true });
  element?.classList.add("message-pointed");
  setTimeout(() => element?.classList.remove("message-pointed"), 2_000);
}

async function show(conversationId: Id, messageId: Id): Promise<void> {
  const isThere = await reach(conversationId, messageId).catch(() => false);
  // Once what was read is drawn and the thread has found its place.
  if (isThere) setTimeout(() => point(messageId), 80);
  else notify("bad", w.desk.found.notShown);
}

effect(() => {
  const want = wanted.value;
  const thread = want && threads.value.get(want.conversationId);
  if (!want || thread?.state !== "ready" || thread.loadingOlder) return;
  wanted.value = null;
  void show(want.conversationId, want.messageId);
});
