import "../styles/reports.css";
import "../styles/board.css";
import { useEffect } from "preact/hooks";
import { teams } from "../lists";
import { Supervised } from "../reports/Supervised";
import { w } from "../words";
import { Agents } from "./Agents";
import { hasBoardFailed, picture, watchBoard } from "./board";
import { Numbers } from "./Numbers";
import { Queue } from "./Queue";
import { tick } from "./second";

function Live({ zone }: { zone: string }) {
  useEffect(() => watchBoard(), []);
  useEffect(tick, []);
  const isLoading = !picture.value && !hasBoardFailed.value;
  return (
    <main class="page page-wide board" aria-busy={isLoading}>
      <header class="page-head">
        <div>
          <h1>{w.supervisor.board.title}</h1>
          <p>{w.supervisor.board.lead}</p>
        </div>
      </header>
      {hasBoardFailed.value && (
        <p class="form-problem" role="alert">
          {w.supervisor.board.failed}
        </p>
      )}
      {isLoading && <div class="findings-skeleton" role="status" aria-label={w.loading} />}
      {picture.value && (
        <>
          <Numbers zone={zone} />
          <div class="board-columns">
            <Queue />
            <Agents zone={zone} />
          </div>
        </>
      )}
    </main>
  );
}

/** The house right now: who waits, who answers, how it goes. */
export function Board() {
  useEffect(() => void teams.load(), []);
  return <Supervised>{(zone) => <Live zone={zone} />}</Supervised>;
}
