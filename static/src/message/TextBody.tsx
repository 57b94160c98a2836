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

export function TextBody({ text }: { text: string }) {
  return (
    <p class="text">
      {spansOf(text).map((span, place) => (
        <Marked key={place} {...span} />
      ))}
    </p>
  );
}
