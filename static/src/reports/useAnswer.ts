import { useEffect, useState } from "preact/hooks";
import { Problem } from "../api";
import { problemText } from "../notices";

/** Of what was asked wrongly, what is wrong with it. */
function causeOf(thrown: unknown): string {
  const details = thrown instanceof Problem ? thrown.details : [];
  return details.length > 0 ? details.map(({ message }) => message).join(" ") : problemText(thrown);
}

/** Asks, and asks again when `key` changes; the answer before stays until the next one is here. */
export function useAnswer<T>(key: string, ask: (signal: AbortSignal) => Promise<T>) {
  const [answer, setAnswer] = useState<T | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isLoading, setLoading] = useState(true);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const mine = new AbortController();
    setLoading(true);
    setProblem(null);
    ask(mine.signal)
      .then(setAnswer)
      .catch((thrown) => mine.signal.aborted || setProblem(causeOf(thrown)))
      .finally(() => mine.signal.aborted || setLoading(false));
    return () => mine.abort();
  }, [key, turn]);
  return { answer, problem, isLoading, again: () => setTurn(turn + 1) };
}
