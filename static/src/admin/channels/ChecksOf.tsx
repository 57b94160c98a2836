import { useEffect, useState } from "preact/hooks";
import { channels } from "../../lists";
import type { ChannelCheck, Id } from "../../wire";
import { w } from "../../words";
import { useAct } from "../act";
import { adminApi } from "../api";
import { CheckList } from "./CheckList";

/** Asks Meta about the number, one thing after the other; `isAtOnce`: without waiting to be told to. */
export function ChecksOf({ channelId, isAtOnce }: { channelId: Id; isAtOnce?: boolean }) {
  const [checks, setChecks] = useState<ChannelCheck[] | null>(null);
  const [isChecking, check] = useAct(async () => {
    setChecks(await adminApi.checkChannel(channelId));
    await channels.reload();
  });
  useEffect(() => {
    if (isAtOnce) void check();
  }, []);
  return (
    <div class="checks-of">
      <button type="button" class="button" disabled={isChecking} onClick={check}>
        {isChecking ? w.channels.checking : checks ? w.channels.checkAgain : w.channels.check}
      </button>
      <div aria-live="polite">{checks && <CheckList checks={checks} />}</div>
    </div>
  );
}
