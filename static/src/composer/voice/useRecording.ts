import { useEffect, useRef, useState } from "preact/hooks";
import { w } from "../../words";
import { type Recording, recordable, startRecording } from "./recording";

const TICK_MS = 100;
const SHOWN_LEVELS = 48;
const LONGEST_SECONDS = 15 * 60;

export interface Recorded {
  file: File;
  address: string;
}

function whyNot(thrown: unknown): string {
  const name = thrown instanceof DOMException ? thrown.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return w.composing.voice.refused;
  return name === "NotFoundError" ? w.composing.voice.noMicrophone : w.composing.voice.broken;
}

/** Records from the moment it is shown until it is stopped; leaving lets go of the microphone. */
export function useRecording() {
  const recording = useRef<Recording | null>(null);
  const [levels, setLevels] = useState<readonly number[]>([]);
  const [seconds, setSeconds] = useState(0);
  const [recorded, setRecorded] = useState<Recorded | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const stop = async () => {
    const running = recording.current;
    recording.current = null;
    if (!running) return;
    try {
      const file = await running.stop();
      setRecorded({ file, address: URL.createObjectURL(file) });
    } catch (thrown) {
      setProblem(whyNot(thrown));
    }
  };

  useEffect(() => {
    const type = recordable();
    if (!type) return setProblem(w.composing.voice.unable);
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
