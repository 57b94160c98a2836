import { minutes } from "../../message/minutes";
import type { VoiceWords } from "../../words/pt-BR/voice";

const WIDTH = 48;
const HEIGHT = 20;

interface Props {
  levels: readonly number[];
  seconds: number;
  words: VoiceWords;
}

/** That it records, how long already, and that the microphone hears something. */
export function Levels({ levels, seconds, words }: Props) {
  const from = WIDTH - levels.length;
  return (
    <>
      <span class="voice-time" role="timer" aria-label={words.recording}>
        {minutes(seconds)}
      </span>
      <svg
        class="voice-levels"
        viewBox={`0 0 ${WIDTH * 3} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words.level}
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
