import { signal } from "@preact/signals";
import { Problem } from "./api";
import { randomKey } from "./key";
import { w } from "./words";

export interface Notice {
  key: string;
  tone: "good" | "bad";
  text: string;
  /** What can be done about it while it stands there. */
  act?: NoticeAct;
}

export interface NoticeAct {
  label: string;
  run: () => unknown;
}

const STAYS_MS = 6_000;
const STAYS_WITH_ACT_MS = 8_000;

export const notices = signal<readonly Notice[]>([]);

export function notify(tone: Notice["tone"], text: string, act?: NoticeAct): void {
  const key = randomKey();
  // Only what was done last can be taken back: what came before it may have changed since.
  const before = act ? notices.value.filter((notice) => !notice.act) : notices.value;
  notices.value = [...before, { key, tone, text, act }];
  setTimeout(() => dismiss(key), act ? STAYS_WITH_ACT_MS : STAYS_MS);
}

/** What the latest notice offers, as one may ask for it by a key. */
export const offeredAct = () => notices.value.findLast((notice) => notice.act);

export function takeOffer(): void {
  const notice = offeredAct();
  if (!notice) return;
  dismiss(notice.key);
  notice.act?.run();
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
