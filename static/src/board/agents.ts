import type { Agent, Standing } from "./wire";

const ORDER: readonly Standing[] = ["AVAILABLE", "BUSY", "AWAY", "OFFLINE"];

/** Whoever can take a conversation first; by name where nothing else tells them apart. */
export function inOrder(agents: readonly Agent[]): Agent[] {
  return [...agents].sort(
    (one, other) =>
      ORDER.indexOf(one.standing) - ORDER.indexOf(other.standing) || one.name.localeCompare(other.name),
  );
}
