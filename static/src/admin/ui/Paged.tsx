import type { ComponentChildren } from "preact";
import { w } from "../../words";
import type { Keyset } from "../keyset";
import { Failed, Loading } from "./Listed";

interface Props<T> {
  list: Keyset<T>;
  empty: ComponentChildren;
  children: ComponentChildren;
}

/** A long list as far as it was read, and the way to more of it. */
export function Paged<T>({ list, empty, children }: Props<T>) {
  if (list.state === "failed") return <Failed onRetry={list.reload} />;
  if (list.state === "loading") return <Loading />;
  if (list.rows.length === 0) return <>{empty}</>;
  return (
    <>
      {children}
      {list.hasMore && (
        <p class="more">
          <button type="button" class="button" disabled={list.isReadingMore} onClick={list.more}>
            {w.admin.more}
          </button>
        </p>
      )}
    </>
  );
}
