import { computed, signal } from "@preact/signals";
import { api } from "../api";
import { me } from "../session";
import type { Id, Person, PersonPresence, Presence } from "../wire";
import { language } from "../words";

/** Who is there; whoever is not named is offline. */
export const presences = signal<ReadonlyMap<Id, Presence>>(new Map());
export const presenceOf = (userId: Id): Presence => presences.value.get(userId) ?? "OFFLINE";
export const myPresence = computed(() => presenceOf(me.value?.id ?? ""));

// What is said while the list is on its way is newer than the list.
let saidMeanwhile: PersonPresence[] = [];

export function heardPresence(said: PersonPresence): void {
  saidMeanwhile.push(said);
  presences.value = withSaid(presences.value, [said]);
}

export async function readPresences(): Promise<void> {
  saidMeanwhile = [];
  const read = await api.presence();
  presences.value = withSaid(new Map(), [...read, ...saidMeanwhile]);
}

function withSaid(known: ReadonlyMap<Id, Presence>, said: readonly PersonPresence[]) {
  return new Map([...known, ...said.map(({ userId, presence }) => [userId, presence] as const)]);
}

/** Whether new conversations may come to me; it holds until I say otherwise. */
export async function choosePresence(away: boolean): Promise<void> {
  heardPresence(await api.choosePresence(away));
}

const NEARNESS: readonly Presence[] = ["ONLINE", "AWAY", "OFFLINE"];

/** Who would answer soonest stands first: there, with the least on his hands. */
export function byReadiness(a: Person, b: Person): number {
  const nearness = (person: Person) => NEARNESS.indexOf(presenceOf(person.id));
  return (
    nearness(a) - nearness(b) ||
    a.conversationsCount - b.conversationsCount ||
    a.name.localeCompare(b.name, language)
  );
}
