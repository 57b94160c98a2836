import { useState } from "preact/hooks";
import { attempt } from "../notices";

/** Something a button does once at a time; when it fails, a notice says why. */
export function useAct(work: () => Promise<unknown>): [isActing: boolean, act: () => Promise<boolean>] {
  const [isActing, setActing] = useState(false);
  const act = async () => {
    if (isActing) return false;
    setActing(true);
    const isDone = await attempt(work);
    setActing(false);
    return isDone;
  };
  return [isActing, act];
}
