import { w } from "../words";
import type { Tick } from "./ticks";

const drawings: Record<Tick, string> = {
  queued: "M12 8v4l2.5 1.5M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16Z",
  accepted: "m6 12.5 4 4 8-9",
  delivered: "m2 12.5 4 4 8-9M12 15l1.5 1.5 8-9",
  read: "m2 12.5 4 4 8-9M12 15l1.5 1.5 8-9",
  failed: "M12 7.5v5.5m0 3.3v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z",
  ambiguous: "M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7m0 3v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z",
};

export function Ticks({ tick }: { tick: Tick }) {
  return (
    <svg
      class={`ticks ticks-${tick}`}
      viewBox="0 0 24 24"
      width="16"
      height="16"
      role="img"
      aria-label={w.ticks[tick]}
    >
      <title>{w.ticks[tick]}</title>
      <path d={drawings[tick]} />
    </svg>
  );
}
