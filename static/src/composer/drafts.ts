import { effect, signal } from "@preact/signals";
import { allKeptHere, keepHere, onKeptElsewhere } from "../kept";
import { identity } from "../session";
import type { Id } from "../wire";

const KEPT_AS = "draft.";

/** What was typed and not sent, by conversation: kept through a reload, and the same in all tabs. */
export const drafts = signal<ReadonlyMap<Id, string>>(new Map());

effect(() => {
  drafts.value = new Map(identity.value ? allKeptHere(KEPT_AS) : []);
});

onKeptElsewhere((name, text) => {
  if (name.startsWith(KEPT_AS)) show(name.slice(KEPT_AS.length), text ?? "");
});

export function keepDraft(conversationId: Id, text: string): void {
  keepHere(KEPT_AS + conversationId, text);
  show(conversationId, text);
}

function show(conversationId: Id, text: string): void {
  const next = new Map(drafts.value);
  if (text) next.set(conversationId, text);
  else next.delete(conversationId);
  drafts.value = next;
}
