import { useEffect, useState } from "preact/hooks";
import { Problem } from "../api";
import { notify, problemText } from "../notices";
import { w } from "../words";

export interface Draft<T> {
  value: T;
  change: (part: Partial<T>) => void;
  isChanged: boolean;
  isSaving: boolean;
  problem: string | null;
  save: () => Promise<void>;
  discard: () => void;
}

// What was changed and not saved is still there when one comes back to the page.
const kept = new Map<string, unknown>();

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What a page shows of `stored` while it is edited; `send` says it to the server, which then changes `stored`. */
export function useDraft<T>(name: string, stored: T, send: (value: T) => Promise<unknown>): Draft<T> {
  const [own, setOwn] = useState<T | null>(() => (kept.get(name) as T | undefined) ?? null);
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const isChanged = own !== null && !isSame(own, stored);
  useEffect(() => {
    if (isChanged) kept.set(name, own);
    else kept.delete(name);
  }, [name, own, isChanged]);
  useStayAsked(isChanged);

  const discard = () => {
    setOwn(null);
    setProblem(null);
  };
  const save = async () => {
    if (own === null || isSaving) return;
    setSaving(true);
    try {
      await send(own);
      discard();
      notify("good", w.admin.saved);
    } catch (thrown) {
      setProblem(problemOfFields(thrown));
    } finally {
      setSaving(false);
    }
  };
  const value = own ?? stored;
  const change = (part: Partial<T>) => setOwn({ ...value, ...part });
  return { value, change, isChanged, isSaving, problem, save, discard };
}

/** A page of many parts has no one field to put a word beside: the words are said together. */
function problemOfFields(thrown: unknown): string {
  const details = thrown instanceof Problem ? thrown.details : [];
  return details.length > 0 ? details.map(({ message }) => message).join(" ") : problemText(thrown);
}

/** The browser asks before the tab is closed on what was not saved. */
function useStayAsked(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isChanged]);
}
