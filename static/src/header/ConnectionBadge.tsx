import { connection } from "../live/live";
import { w } from "../words";

export function ConnectionBadge() {
  const state = connection.value;
  return (
    <span class={`connection connection-${state}`} role="status" title={w.live.hints[state]}>
      <span class="connection-dot" aria-hidden="true" />
      <span class="visually-hidden">{w.live.connection}</span>
      <span class="connection-word">{w.live.states[state]}</span>
    </span>
  );
}
