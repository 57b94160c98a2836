import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Icon } from "../../ui/Icon";
import { w } from "../../words";

interface List {
  rows: { value: readonly unknown[] };
  state: { value: "empty" | "loading" | "ready" | "failed" };
  reload: () => Promise<void>;
}

interface Props {
  list: List;
  /** Shown where there is nothing in it. */
  empty: ComponentChildren;
  children: ComponentChildren;
}

export function Loading() {
  return (
    <div class="waiting" role="status">
      <span class="visually-hidden">{w.loading}</span>
      <span class="waiting-row" />
      <span class="waiting-row" />
      <span class="waiting-row" />
    </div>
  );
}

export function Failed({ onRetry }: { onRetry: () => unknown }) {
  return (
    <div class="failed" role="alert">
      <Icon name="alert" />
      <p>{w.problem.list}</p>
      <button type="button" class="button" onClick={onRetry}>
        {w.tryAgain}
      </button>
    </div>
  );
}

/** A list as far as it is known: on its way, unreachable, empty, or there. Read anew each time someone comes to look. */
export function Listed({ list, empty, children }: Props) {
  useEffect(() => void list.reload(), [list]);
  const state = list.state.value;
  const isEmpty = list.rows.value.length === 0;
  if (state === "failed" && isEmpty) return <Failed onRetry={list.reload} />;
  if (state !== "ready" && isEmpty) return <Loading />;
  return <>{isEmpty ? empty : children}</>;
}
