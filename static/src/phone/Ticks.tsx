import type { Message } from "./types";
import { w } from "./words";

const ONE = "M3.5 8.5 6.5 11.5 12.5 4.5";
const TWO = "M1 8.5 4 11.5 10 4.5M7.2 10.8 8 11.5 14 4.5";

/** One: on its way; two: the business's webhook answered 200; blue: the business marked it as read. */
export function Ticks({ status }: { status: Message["status"] }) {
  const ticks: Partial<Record<Message["status"], string>> = w.chat.ticks;
  return (
    <svg
      class={`ticks ticks-${status}`}
      viewBox="0 0 15 16"
      width="16"
      height="16"
      role="img"
      aria-label={ticks[status] ?? w.chat.ticks.sent}
    >
      <path d={status === "sent" ? ONE : TWO} />
    </svg>
  );
}
