import type { ComponentChildren } from "preact";
import { type Behind, hrefBehind } from "./behind";

interface Props {
  /** Null: there is none. */
  behind: Behind | null;
  label: string;
  children: ComponentChildren;
}

/** A figure that opens the conversations it counts. */
export function Figure({ behind, label, children }: Props) {
  if (!behind) return <>{children}</>;
  return (
    <a class="figure" href={hrefBehind(behind)} aria-label={label}>
      {children}
    </a>
  );
}
