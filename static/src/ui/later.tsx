import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { w } from "../words";

/** A page that is fetched when it is first shown. */
export function later(load: () => Promise<ComponentType>): ComponentType {
  const loaded = signal<ComponentType | null>(null);
  const hasFailed = signal(false);
  const fetch = () =>
    load().then(
      (page) => {
        loaded.value = page;
      },
      () => {
        hasFailed.value = true;
      },
    );
  return function Later() {
    useEffect(() => {
      if (!loaded.value) void fetch();
    }, []);
    const Page = loaded.value;
    if (Page) return <Page />;
    if (!hasFailed.value) return <p class="later visually-hidden">{w.loading}</p>;
    // A newer console has taken the place of this one, or the line is down: both are mended by reading it anew.
    return (
      <p class="later" role="alert">
        {w.problem.page}{" "}
        <button type="button" class="button" onClick={() => location.reload()}>
          {w.tryAgain}
        </button>
      </p>
    );
  };
}
