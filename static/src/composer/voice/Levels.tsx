import { w } from "../../words";

const WIDTH = 48;
const HEIGHT = 20;

/** That it records, how long already, and that the microphone hears something. */
export function Levels({ levels, time }: { levels: readonly number[]; time: string }) {
  const from = WIDTH - levels.length;
  return (
    <>
      <span class="voice-time" role="timer" aria-label={w.composing.voice.recording}>
        {time}
      </span>
      <svg
        class="voice-levels"
        viewBox={`0 0 ${WIDTH * 3} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={w.composing.voice.level}
      >
        {levels.map((level, place) => {
          const tall = Math.max(1.5, level * HEIGHT);
          return (
            <rect key={place} x={(from + place) * 3} y={(HEIGHT - tall) / 2} width={2} height={tall} rx={1} />
          );
        })}
      </svg>
    </>
  );
}
