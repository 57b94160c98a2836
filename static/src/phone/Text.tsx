import { type Span, spansOf } from "../message/formatting";

const TAGS = { bold: "strong", italic: "em", struck: "s", code: "code" } as const;

function Piece({ span }: { span: Span }) {
  if (!span.style) return <>{span.text}</>;
  if (span.style === "link") {
    return (
      <a href={span.text} target="_blank" rel="noreferrer">
        {span.text}
      </a>
    );
  }
  const Tag = TAGS[span.style];
  return <Tag>{span.text}</Tag>;
}

export function Text({ text }: { text: string }) {
  return (
    <p class="text">
      {spansOf(text).map((span, place) => (
        <Piece key={`${place} ${span.text}`} span={span} />
      ))}
    </p>
  );
}
