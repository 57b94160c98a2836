import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Props {
  title: string;
  hint?: string;
  /** At the right of the title. */
  acts?: ComponentChildren;
  children: ComponentChildren;
}

export function Panel({ title, hint, acts, children }: Props) {
  const id = useId();
  return (
    <section class="settings-panel" aria-labelledby={id}>
      <header class="settings-panel-head">
        <div>
          <h2 id={id}>{title}</h2>
          {hint && <p>{hint}</p>}
        </div>
        {acts}
      </header>
      <div class="settings-panel-body">{children}</div>
    </section>
  );
}
