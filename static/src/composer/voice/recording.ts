import { writeOgg } from "./ogg";
import { readWebm } from "./webm";

const OGG = "audio/ogg;codecs=opus";
const WEBM = "audio/webm;codecs=opus";
const BITS_PER_SECOND = 32_000;

export interface Recording {
  /** From 0, silence, to 1. */
  level: () => number;
  /** Lets go of the microphone; answers what was said, as a voice message is. */
  stop: () => Promise<File>;
  cancel: () => void;
}

/** What this browser records that can become a voice message; null when nothing. */
export function recordable(): string | null {
  if (typeof MediaRecorder === "undefined" || !navigator.mediaDevices) return null;
  return [OGG, WEBM].find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
}

/** Raises the browser's own NotAllowedError or NotFoundError. */
export async function startRecording(mimeType: string): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
  });
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const meter = meterOf(stream);
  const release = () => {
    for (const track of stream.getTracks()) track.stop();
    meter.close();
  };
  recorder.start();
  return {
    level: meter.level,
    cancel: () => {
      recorder.ondataavailable = null;
      if (recorder.state !== "inactive") recorder.stop();
      release();
    },
    stop: async () => {
      const stopped = new Promise((resolve) => {
        recorder.onstop = resolve;
      });
      recorder.stop();
      await stopped;
      release();
      return asVoiceMessage(new Blob(parts), mimeType);
    },
  };
}

async function asVoiceMessage(recorded: Blob, mimeType: string): Promise<File> {
  const isOgg = mimeType === OGG;
  const parts = isOgg ? [recorded] : writeOgg(readWebm(new Uint8Array(await recorded.arrayBuffer())));
  return new File(parts, "voz.ogg", { type: "audio/ogg; codecs=opus" });
}

function meterOf(stream: MediaStream) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  const wave = new Float32Array(analyser.fftSize);
  context.createMediaStreamSource(stream).connect(analyser);
  const level = () => {
    analyser.getFloatTimeDomainData(wave);
    const power = wave.reduce((sum, value) => sum + value * value, 0) / wave.length;
    // Speech is far below full scale: its root is nearer to how loud it sounds.
    return Math.min(1, Math.sqrt(Math.sqrt(power) * 2));
  };
  return { level, close: () => void context.close() };
}
