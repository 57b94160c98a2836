import { w } from "../words";
import type { Standing } from "./wire";

export function Dot({ standing }: { standing: Standing }) {
  const text = w.supervisor.board.standings[standing];
  return (
    <span class={`dot dot-${standing.toLowerCase()}`} title={text}>
      <span class="visually-hidden">{text}</span>
    </span>
  );
}
