import { computed, signal } from "@preact/signals";
import { api, Problem } from "../api";
import { may } from "../session";
import type { Alarm } from "../wire";

/** What is wrong with the house itself is told by no event: it is asked for. */
const ASK_EVERY_MS = 15_000;

/** The gravest first. */
export const alarms = signal<readonly Alarm[]>([]);
export const isGrave = computed(() => alarms.value.some((alarm) => alarm.severity === "critical"));

/** What was known stays on the screen while the server does not answer. */
export async function readAlarms(): Promise<void> {
  if (!may("alarms.read")) return;
  try {
    alarms.value = await api.alarms();
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
