import { effect, untracked } from "@preact/signals";
import { connection } from "../live/live";
import type { Row } from "./rows";
import { sendAgain } from "./sending";
import { threads } from "./threads";

const FRESH_MS = 5 * 60_000;

const isUnsent = ({ local }: Row) => local?.state === "unsent" || local?.state === "sending";

/** What has lain longer is for the agent to decide: it may be too late to say it. */
function isToGo({ local, timestamp }: Row): boolean {
  const isOffline = local?.state === "unsent" && local.problem?.isOffline === true;
  return isOffline && Date.now() - Date.parse(timestamp) < FRESH_MS;
}

function sendWaiting(): void {
  for (const [conversationId, { rows }] of threads.value) {
    for (const row of rows.filter(isToGo)) sendAgain(conversationId, row, { seen: row.local?.seen });
  }
}

function warn(event: BeforeUnloadEvent): void {
  if ([...threads.value.values()].some(({ rows }) => rows.some(isUnsent))) event.preventDefault();
}

/** What could not be sent for want of a line goes as soon as there is one; until then the page is not left unasked. */
export function keepUnsent(): () => void {
  window.addEventListener("beforeunload", warn);
  const stop = effect(() => {
    if (connection.value === "live") untracked(sendWaiting);
  });
  return () => {
    window.removeEventListener("beforeunload", warn);
    stop();
  };
}
