import { signal } from "@preact/signals";
import { nameOf } from "../contact/name";
import { conversations, fetchConversation } from "../inbox/conversations";
import { keepHere, keptHere, onKeptElsewhere } from "../kept";
import { previewOf } from "../message/preview";
import { notify } from "../notices";
import { myPresence } from "../presence/presence";
import { go, href, route } from "../route";
import { identity, me } from "../session";
import type { Conversation, Id, Message } from "../wire";
import { w } from "../words";
import { onHeard } from "./heard";
import { chime, wakeSound } from "./sound";

export const ALERTS = ["sound", "desktop", "quiet"] as const;
export type Alert = (typeof ALERTS)[number];

/** What is told again after a lost connection is old by now. */
const FRESH_MS = 60_000;
const REMEMBERED = 30;
/** Whoever is looked at speaks first; a hidden window only when no other did. */
const SEEN_WAITS_MS = 40;
const HIDDEN_WAITS_MS = 250;

const read = (): ReadonlySet<Alert> => new Set(ALERTS.filter((alert) => keptHere(`alerts.${alert}`)));

/** How this person wants to be told, in all tabs of this browser. */
export const alerts = signal<ReadonlySet<Alert>>(new Set());

export async function turnAlert(alert: Alert): Promise<void> {
  const isOn = !alerts.value.has(alert);
  if (isOn && alert === "desktop" && !(await mayNotify())) return;
  if (isOn && alert === "sound") wakeSound().then(chime);
  keepHere(`alerts.${alert}`, isOn ? "1" : null);
  alerts.value = read();
}

async function mayNotify(): Promise<boolean> {
  if (!("Notification" in window) || !window.isSecureContext) {
    notify("bad", w.desk.alerts.onlyHttps);
    return false;
  }
  const isGranted = (await Notification.requestPermission()) === "granted";
  if (!isGranted) notify("bad", w.desk.alerts.blocked);
  return isGranted;
}

/** Mine or nobody's, and not the one before my eyes. */
export function concernsMe({ id, assignedToId }: Conversation): boolean {
  if (assignedToId !== null && assignedToId !== me.value?.id) return false;
  const here = route.value;
  const isOpen = here.name === "inbox" && here.conversationId === id;
  return !(isOpen && document.visibilityState === "visible" && document.hasFocus());
}

/** Of several tabs only the first that says so may speak of a message. */
export function claimMessage(id: Id): boolean {
  const said: Id[] = JSON.parse(keptHere("alerts.said") ?? "[]");
  if (said.includes(id)) return false;
  keepHere("alerts.said", JSON.stringify([...said.slice(-REMEMBERED), id]));
  return true;
}

const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

async function hear(message: Message): Promise<void> {
  const isFresh = Date.now() - Date.parse(message.timestamp) < FRESH_MS;
  const isSilent = alerts.value.has("quiet") || myPresence.value === "AWAY" || alerts.value.size === 0;
  if (message.direction !== "INBOUND" || !isFresh || isSilent) return;
  const { conversationId: id } = message;
  if (!conversations.value.has(id)) await fetchConversation(id).catch(() => undefined);
  const conversation = conversations.value.get(id);
  if (!conversation) return;
  const isConcern = concernsMe(conversation);
  // Where it is before the reader's eyes, no other tab need say it.
  if (!isConcern && isMineOrFree(conversation)) return void claimMessage(message.id);
  await pause(document.visibilityState === "visible" ? SEEN_WAITS_MS : waitHidden());
  if (isConcern && claimMessage(message.id)) speak(conversation, message);
}

const isMineOrFree = ({ assignedToId }: Conversation) =>
  assignedToId === null || assignedToId === me.value?.id;

const waitHidden = () => HIDDEN_WAITS_MS * (1 + Math.random());

function speak(conversation: Conversation, message: Message): void {
  if (alerts.value.has("sound")) chime();
  if (!alerts.value.has("desktop") || Notification.permission !== "granted") return;
  const title = w.desk.alerts.from(nameOf(conversation.contact));
  const shown = new Notification(title, { body: previewOf(message), tag: conversation.id });
  shown.onclick = () => {
    window.focus();
    go(href.conversation(conversation.id));
    shown.close();
  };
}

/** Speaks of new messages, as this person wants it; the answer stops it. */
export function listenForAlerts(): () => void {
  alerts.value = identity.value ? read() : new Set();
  onceKeptElsewhere();
  if (alerts.value.has("sound")) document.addEventListener("click", () => void wakeSound(), { once: true });
  return onHeard(([name, payload]) => {
    if (name === "message:new") void hear(payload.message);
  });
}

let isListening = false;

function onceKeptElsewhere(): void {
  if (isListening) return;
  isListening = true;
  onKeptElsewhere((name) => {
    if (name.startsWith("alerts.")) alerts.value = read();
  });
}
