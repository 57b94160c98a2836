import { digitHitsIn, hitsIn, type Piece } from "./hits";

function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  return <>{pieces.map(({ text, isHit }, place) => (isHit ? <mark key={place}>{text}</mark> : text))}</>;
}

/** A text in which what was searched for is marked. */
export function Found({ text, searched }: { text: string; searched: string | undefined }) {
  return searched ? <Pieces pieces={hitsIn(text, searched)} /> : text;
}

export function FoundPhone({ phone, searched }: { phone: string; searched: string }) {
  return <Pieces pieces={digitHitsIn(phone, searched)} />;
}
