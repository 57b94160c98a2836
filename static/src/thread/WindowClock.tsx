import { timeLeft } from "../time";
import { Icon } from "../ui/Icon";
import type { Conversation } from "../wire";
import { w } from "../words";

const SOON_MS = 2 * 60 * 60_000;

/** Whether free text may be sent; unknown (no window told) counts as open, and the server decides. */
export function isWindowOpen({ windowExpiresAt }: Conversation): boolean {
  return !windowExpiresAt || timeLeft(windowExpiresAt) !== null;
}

export function WindowClock({ conversation }: { conversation: Conversation }) {
  const { windowExpiresAt, status } = conversation;
  if (!windowExpiresAt || status === "CLOSED") return null;
  const left = timeLeft(windowExpiresAt);
  const isSoon = Date.parse(windowExpiresAt) - Date.now() < SOON_MS;
  return (
    <span
      class={`window ${left ? (isSoon ? "window-soon" : "") : "window-closed"}`}
      title={left ? `${w.thread.window(left)}. ${w.thread.windowHint}` : w.thread.windowClosed}
    >
      <Icon name="clock" size={14} />
      <span class="visually-hidden">{left ? w.thread.window(left) : w.thread.windowClosed}</span>
      <span aria-hidden="true">{left ?? w.card.windowClosed}</span>
    </span>
  );
}
