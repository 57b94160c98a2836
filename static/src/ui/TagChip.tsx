import type { Tag } from "../wire";

export function TagChip({ tag }: { tag: Tag }) {
  return (
    <span class="tag" style={{ "--tag": tag.color }}>
      {tag.name}
    </span>
  );
}
