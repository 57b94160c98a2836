import type { ComponentChildren } from "preact";

/** What is wider or longer than its place scrolls in it, by keyboard too. */
export function Scroll({
  label,
  className,
  children,
}: {
  label: string;
  className: string;
  children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class={className} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
