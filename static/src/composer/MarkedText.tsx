import { splitByVariables } from "./variables";

/** Lies under the text box, which cannot mark what is in it. */
export function MarkedText({ text, scrolled }: { text: string; scrolled: number }) {
  const parts = splitByVariables(text);
  if (parts.length === 1) return null;
  return (
    <div class="textbox-marks" aria-hidden="true">
      <div style={{ transform: `translateY(${-scrolled}px)` }}>
        {parts.map((part, place) => (place % 2 === 1 ? <mark key={place}>{part}</mark> : part))}
      </div>
    </div>
  );
}
