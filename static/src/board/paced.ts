/**
 * Runs `work` when it is asked for, but begins it at most once in `pauseMs` and never twice at once: many wishes in a row
 * make one run at the end of the pause.
 */
export function paced(work: () => Promise<void>, pauseMs: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restsUntil = 0;
  let isRunning = false;
  let isWanted = false;
  let isStopped = false;

  async function run(): Promise<void> {
    timer = undefined;
    isRunning = true;
    isWanted = false;
    restsUntil = Date.now() + pauseMs;
    try {
      await work();
    } finally {
      isRunning = false;
      if (isWanted) ask();
    }
  }

  function ask(): void {
    isWanted = true;
    if (isRunning || isStopped) return;
    timer ??= setTimeout(run, Math.max(0, restsUntil - Date.now()));
  }

  function stop(): void {
    isStopped = true;
    clearTimeout(timer);
  }

  return { ask, stop };
}
