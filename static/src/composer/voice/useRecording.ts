import { useEffect, useRef, useState } from "preact/hooks";
import { type Recording, recordable, startRecording } from "./recording";

const TICK_MS = 100;
const SHOWN_LEVELS = 48;
const LONGEST_SECONDS = 15 * 60;

/** Why nothing is recorded, by its name among the words. */
export type Hindrance = "unable" | "refused" | "noMicrophone" | "broken";

function whyNot(thrown: unknown): Hindrance {
  const name = thrown instanceof DOMException ? thrown.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  return name === "NotFoundError" ? "noMicrophone" : "broken";
}

/** Records from the moment it is shown until it is stopped; leaving lets go of the microphone. */
export function useRecording() {
  const recording = useRef<Recording | null>(null);
  const [levels, setLevels] = useState<readonly number[]>([]);
  const [seconds, setSeconds] = useState(0);
  const [recorded, setRecorded] = useState<File | null>(null);
  const [problem, setProblem] = useState<Hindrance | null>(null);

  /** What was said; null where nothing was being recorded, or it could not be prepared. */
  const stop = async (): Promise<File | null> => {
    const running = recording.current;
    recording.current = null;
    if (!running) return null;
    try {
      const file = await running.stop();
      setRecorded(file);
      return file;
    } catch (thrown) {
      setProblem(whyNot(thrown));
      return null;
    }
  };

  useEffect(() => {
    const type = recordable();
    if (!type) return setProblem("unable");
    let isLeft = false;
    let ticking: ReturnType<typeof setInterval> | undefined;
    const begin = (begun: Recording) => {
      if (isLeft) return begun.cancel();
      recording.current = begun;
      const began = Date.now();
      ticking = setInterval(() => {
        const running = recording.current;
        if (!running) return;
        setLevels((all) => [...all.slice(1 - SHOWN_LEVELS), running.level()]);
        setSeconds((Date.now() - began) / 1000);
        if (Date.now() - began > LONGEST_SECONDS * 1000) void stop();
      }, TICK_MS);
    };
    startRecording(type).then(begin, (thrown) => setProblem(whyNot(thrown)));
    return () => {
      isLeft = true;
      clearInterval(ticking);
      recording.current?.cancel();
      recording.current = null;
    };
  }, []);

  return { levels, seconds, recorded, problem, stop };
}
