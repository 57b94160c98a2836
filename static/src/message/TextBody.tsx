import { type Span, spansOf } from "./formatting";

function Marked({ text, style }: Span) {
  switch (style) {
    case "bold":
      return <strong>{text}</strong>;
    case "italic":
      return <em>{text}</em>;
    case "struck":
      return <s>{text}</s>;
    case "code":
      return <code>{text}</code>;
    case "link":
      return (
        <a href={text} target="_blank" rel="noopener noreferrer">
          {text}
        </a>
      );
    default:
      return <>{text}</>;
  }
}

/** One to three emoji and nothing else, which WhatsApp draws large. */
const ONLY_EMOJI =
  /^(?:(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2})(?:\p{Emoji_Modifier}|\uFE0F|\u200D\p{Extended_Pictographic})*\s*){1,3}$/u;

export function TextBody({ text }: { text: string }) {
  return (
    <p class={ONLY_EMOJI.test(text) ? "text text-emoji" : "text"}>
      {spansOf(text).map((span, place) => (
        <Marked key={place} {...span} />
      ))}
    </p>
  );
}
