import { w } from "../words";

export function RowSkeletons({ count }: { count: number }) {
  return (
    <div class="skeletons" role="status" aria-label={w.loading}>
      {Array.from({ length: count }, (_, place) => (
        <div key={place} class="skeleton">
          <span class="skeleton-disc" />
          <span class="skeleton-bar" />
          <span class="skeleton-bar skeleton-long" />
        </div>
      ))}
    </div>
  );
}
