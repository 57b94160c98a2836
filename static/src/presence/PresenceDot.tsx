import type { Presence } from "../wire";
import { w } from "../words";

export function PresenceDot({ presence }: { presence: Presence }) {
  return (
    <span class={`presence presence-${presence.toLowerCase()}`} title={w.presence[presence]}>
      <span class="visually-hidden">{w.presence[presence]}</span>
    </span>
  );
}
