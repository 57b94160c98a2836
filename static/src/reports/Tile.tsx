interface Props {
  name: string;
  value: string;
  hint?: string;
  /** The conversations behind it. */
  href?: string;
}

/** One number, large. */
export function Tile({ name, value, hint, href }: Props) {
  const content = (
    <>
      <span class="tile-name">{name}</span>
      <strong class="tile-value">{value}</strong>
      <span class="tile-hint">{hint}</span>
    </>
  );
  if (!href) return <div class="tile">{content}</div>;
  return (
    <a class="tile" href={href}>
      {content}
    </a>
  );
}
