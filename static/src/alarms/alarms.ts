import { computed, signal } from "@preact/signals";
import { api, Problem } from "../api";
import { channels } from "../lists";
import { may } from "../session";
import type { Alarm } from "../wire";
import { said } from "../words";
import { capitalised } from "../words/explain";
import type { Explained } from "../words/said";

/** What is wrong with the house itself is told by no event: it is asked for. */
const ASK_EVERY_MS = 15_000;

/** The gravest first. */
export const alarms = signal<readonly Alarm[]>([]);
export const isGrave = computed(() => alarms.value.some((alarm) => alarm.severity === "critical"));

/** In this page's language: the server's own words are Portuguese, and end with what is wrong. */
export function saidOf(alarm: Alarm): Explained {
  const words = said?.alarms[alarm.kind];
  if (!words) return alarm;
  const channel = channels.rows.value.find(({ id }) => id === alarm.channelId);
  return { ...words, title: channel ? `${channel.name}: ${words.title}` : capitalised(words.title) };
}

/** What was known stays on the screen while the server does not answer. */
export async function readAlarms(): Promise<void> {
  if (!may("alarms.read")) return;
  try {
    alarms.value = await api.alarms();
    // Only there the number's name is not part of what the server says.
    if (said && alarms.value.some(({ channelId }) => channelId)) void channels.load();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
  }
}

/** Each begins and ends with a notification to the admins. */
export function heardNotification({ type }: { type: string }): void {
  if (type.startsWith("alarm.")) void readAlarms();
}

function readWhileSeen(): void {
  if (document.visibilityState === "visible") void readAlarms();
}

/** Reads now and every few seconds while someone looks; the answer stops it. */
export function watchAlarms(): () => void {
  readWhileSeen();
  const asking = setInterval(readWhileSeen, ASK_EVERY_MS);
  document.addEventListener("visibilitychange", readWhileSeen);
  return () => {
    clearInterval(asking);
    document.removeEventListener("visibilitychange", readWhileSeen);
    alarms.value = [];
  };
}
