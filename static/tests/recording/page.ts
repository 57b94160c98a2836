// The console's own live connection without its screen; `python -m bench.clients` opens it in a browser.
import { speak } from "../../src/words";
import type { log } from "./apply";

declare global {
  interface Window {
    recorded?: { log: typeof log; rows: () => string[]; isLive: () => boolean };
  }
}

// As in src/main.tsx: whatever says something reads its words as it is imported.
async function start(): Promise<void> {
  await speak("pt-BR");
  const { log } = await import("./apply");
  const { conversations } = await import("../../src/inbox/conversations");
  const { connection, goLive } = await import("../../src/live/live");
  window.recorded = {
    log,
    rows: () => [...conversations.value.keys()],
    isLive: () => connection.value === "live",
  };
  goLive();
}

void start();
