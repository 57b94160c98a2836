const SLOW_SECONDS = 5 * 60;
const LATE_SECONDS = 15 * 60;

/** How a wait of so long is shown. */
export function latenessOf(seconds: number): "" | "slow" | "late" {
  if (seconds >= LATE_SECONDS) return "late";
  return seconds >= SLOW_SECONDS ? "slow" : "";
}
