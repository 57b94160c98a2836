import { timeLeft } from "../time";
import { Icon } from "../ui/Icon";
import type { Conversation } from "../wire";
import { w } from "../words";

const SOON_MS = 2 * 60 * 60_000;

/** Whether free text may be sent. */
export function isWindowOpen({ windowExpiresAt }: Conversation): boolean {
  return windowExpiresAt !== null && timeLeft(windowExpiresAt) !== null;
}

export function WindowClock({ conversation }: { conversation: Conversation }) {
  const { windowExpiresAt, status } = conversation;
  if (status === "CLOSED") return null;
  const left = windowExpiresAt && timeLeft(windowExpiresAt);
  const isSoon = left && Date.parse(windowExpiresAt) - Date.now() < SOON_MS;
  return (
    <span
      class={`window ${left ? (isSoon ? "window-soon" : "") : "window-closed"}`}
      title={left ? `${w.thread.window(left)}. ${w.thread.windowHint}` : w.thread.windowClosed}
    >
      <Icon name="clock" size={14} />
      <span class="visually-hidden">{left ? w.thread.window(left) : w.thread.windowClosed}</span>
      <span aria-hidden="true">{left ?? w.thread.windowClosedShort}</span>
    </span>
  );
}
