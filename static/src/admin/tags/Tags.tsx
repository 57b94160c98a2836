import { useState } from "preact/hooks";
import { tags } from "../../lists";
import { EmptyState } from "../../ui/EmptyState";
import { Icon } from "../../ui/Icon";
import { MenuItem } from "../../ui/Menu";
import { TagChip } from "../../ui/TagChip";
import type { Tag } from "../../wire";
import { w } from "../../words";
import { adminApi } from "../api";
import { Acts } from "../ui/Acts";
import { Confirm } from "../ui/Confirm";
import { Listed } from "../ui/Listed";
import { PageHead } from "../ui/PageHead";
import { TagForm } from "./TagForm";

export function Tags() {
  const [edited, setEdited] = useState<Tag | "new" | null>(null);
  const [removed, setRemoved] = useState<Tag | null>(null);
  const add = (
    <button type="button" class="button button-main" onClick={() => setEdited("new")}>
      <Icon name="plus" size={16} />
      {w.admin.tags.add}
    </button>
  );
  const remove = async ({ id }: Tag) => {
    await adminApi.removeTag(id);
    void tags.reload();
  };
  const isEmpty = tags.state.value === "ready" && tags.rows.value.length === 0;
  return (
    <>
      <PageHead title={w.admin.pages.etiquetas} lead={w.admin.tags.lead}>
        {!isEmpty && add}
      </PageHead>
      <Listed
        list={tags}
        empty={
          <EmptyState icon="tag" title={w.admin.tags.empty} text={w.admin.tags.emptyText}>
            {add}
          </EmptyState>
        }
      >
        <ul class="entries">
          {tags.rows.value.map((tag) => (
            <li key={tag.id} class="entry-row">
              <TagChip tag={tag} />
              <Acts of={tag.name}>
                <MenuItem onChoose={() => setEdited(tag)}>{w.admin.edit}</MenuItem>
                <MenuItem onChoose={() => setRemoved(tag)}>{w.admin.remove}</MenuItem>
              </Acts>
            </li>
          ))}
        </ul>
      </Listed>
      {edited && <TagForm tag={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
      {removed && (
        <Confirm
          title={w.admin.tags.removeTitle(removed.name)}
          act={w.admin.remove}
          onConfirm={() => remove(removed)}
          onClose={() => setRemoved(null)}
        >
          {w.admin.tags.removeText}
        </Confirm>
      )}
    </>
  );
}
