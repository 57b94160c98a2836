import { signal } from "@preact/signals";
import { Problem } from "./api";
import { randomKey } from "./key";
import { w } from "./words";

export interface Notice {
  key: string;
  tone: "good" | "bad";
  text: string;
}

const STAYS_MS = 6_000;

export const notices = signal<readonly Notice[]>([]);

export function notify(tone: Notice["tone"], text: string): void {
  const key = randomKey();
  notices.value = [...notices.value, { key, tone, text }];
  setTimeout(() => dismiss(key), STAYS_MS);
}

export function dismiss(key: string): void {
  notices.value = notices.value.filter((notice) => notice.key !== key);
}

/** What a person is told of a problem. */
export function problemText(problem: unknown): string {
  if (!(problem instanceof Problem)) throw problem;
  if (problem.isOffline) return w.problem.offline;
  return problem.message || w.problem.unknown(problem.status);
}

/** Runs something a person asked for; when it fails, says why. Answers whether it succeeded. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (problem) {
    notify("bad", problemText(problem));
    return false;
  }
}
