import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { cameFromNav } from "../arrival";

interface Props {
  title: string;
  lead: string;
  children?: ComponentChildren;
}

export function PageHead({ title, lead, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (cameFromNav()) heading.current?.focus();
  }, []);
  return (
    <header class="settings-head">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p>{lead}</p>
      </div>
      {children && <div class="settings-acts">{children}</div>}
    </header>
  );
}
