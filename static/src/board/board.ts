import { computed, signal } from "@preact/signals";
import { Problem } from "../api";
import { call } from "../api/call";
import { conversations, keepRead } from "../inbox/conversations";
import { onHeard, type Told } from "../live/heard";
import { connection } from "../live/live";
import type { Conversation } from "../wire";
import { inOrder } from "./agents";
import { paced } from "./paced";
import type { Agent, HouseNumbers, Place } from "./wire";

const PAUSE_MS = 1_000;
// Of what no event tells: a presence that runs out, the first answers, the pace of the queue.
const BEAT_MS = 30_000;

export interface Waiting extends Place {
  /** Since when, by this machine's clock. */
  since: number;
}

interface Picture {
  numbers: HouseNumbers;
  agents: readonly Agent[];
  places: readonly Waiting[];
  averageWaitSeconds: number;
}

export const picture = signal<Picture | null>(null);
export const hasBoardFailed = signal(false);

const waits = ({ status, assignedToId }: Conversation) => status !== "CLOSED" && assignedToId === null;

/** Without those that have been taken since the queue was read, and each as it is now. */
export const waiting = computed(() => {
  const known = conversations.value;
  const places = picture.value?.places ?? [];
  return places
    .map((place) => ({ ...place, conversation: known.get(place.conversation.id) ?? place.conversation }))
    .filter(({ conversation }) => waits(conversation));
});

export const agents = computed(() => inOrder(picture.value?.agents ?? []));

const look = () => Promise.all([call("GET /api/queue"), call("GET /api/dashboard")]);

async function readBoard(): Promise<void> {
  try {
    const [queue, house] = await keepRead(look, ([{ data }]) => data.map(({ conversation }) => conversation));
    picture.value = {
      ...house,
      places: queue.data.map(dated),
      averageWaitSeconds: queue.averageWaitSeconds,
    };
    hasBoardFailed.value = false;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    hasBoardFailed.value = true;
  }
}

const dated = (place: Place): Waiting => ({ ...place, since: Date.now() - place.waitedSeconds * 1_000 });

const TELLING = new Set<Told[0]>([
  "conversation:new",
  "conversation:removed",
  "presence:changed",
  "user:updated",
]);

/** Whether the board may look different after this event. A message alone changes nothing that it shows. */
export function matters([name, payload]: Told): boolean {
  if (name === "conversation:updated") return "updates" in payload;
  return TELLING.has(name);
}

/** Reads the board now and whenever something has happened, while somebody looks; the answer stops it. */
export function watchBoard(): () => void {
  const reading = paced(readBoard, PAUSE_MS);
  const askWhileSeen = () => document.visibilityState === "visible" && reading.ask();
  const beat = setInterval(askWhileSeen, BEAT_MS);
  const stops = [
    reading.stop,
    onHeard((told) => matters(told) && askWhileSeen()),
    connection.subscribe((state) => state === "live" && askWhileSeen()),
    () => clearInterval(beat),
    () => document.removeEventListener("visibilitychange", askWhileSeen),
  ];
  document.addEventListener("visibilitychange", askWhileSeen);
  reading.ask();
  return () => {
    for (const stop of stops) stop();
  };
}
