const NOTES_HZ = [659.3, 880];
const NOTE_S = 0.11;
const LOUDNESS = 0.12;
const APART_MS = 1_500;

let context: AudioContext | null = null;
let chimedAt = 0;

/** A browser gives sound only to what a person has clicked; on a later visit, to the first click. */
export async function wakeSound(): Promise<void> {
  context ??= new AudioContext();
  if (context.state === "suspended") await context.resume();
}

/** Two soft notes, the second higher. Many messages at once are one sound. */
export function chime(): void {
  if (context?.state !== "running" || Date.now() - chimedAt < APART_MS) return;
  chimedAt = Date.now();
  for (const [place, pitch] of NOTES_HZ.entries()) note(context, pitch, context.currentTime + place * NOTE_S);
}

function note(on: AudioContext, pitch: number, at: number): void {
  const tone = on.createOscillator();
  const loudness = on.createGain();
  tone.type = "sine";
  tone.frequency.value = pitch;
  loudness.gain.setValueAtTime(0.0001, at);
  loudness.gain.exponentialRampToValueAtTime(LOUDNESS, at + 0.015);
  loudness.gain.exponentialRampToValueAtTime(0.0001, at + NOTE_S * 2.4);
  tone.connect(loudness).connect(on.destination);
  tone.start(at);
  tone.stop(at + NOTE_S * 2.5);
}
