import { useState } from "preact/hooks";
import { tags } from "../../lists";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { FormProblem } from "../../ui/FormProblem";
import { useForm } from "../../ui/form";
import { TagChip } from "../../ui/TagChip";
import type { Tag } from "../../wire";
import { w } from "../../words";
import { adminApi } from "../api";
import { ColorField } from "../ui/ColorField";
import { FormActs } from "../ui/FormActs";

const COLORS = [
  "#607D8B",
  "#C62828",
  "#D84315",
  "#B26A00",
  "#558B2F",
  "#00796B",
  "#0277BD",
  "#3949AB",
  "#7B1FA2",
  "#AD1457",
];

interface Props {
  /** Null for a new one. */
  tag: Tag | null;
  onClose: () => void;
}

export function TagForm({ tag, onClose }: Props) {
  const [color, setColor] = useState(
    tag?.color ?? COLORS[tags.rows.value.length % COLORS.length] ?? "#607D8B",
  );
  const [name, setName] = useState(tag?.name ?? "");
  const form = useForm(async () => {
    const changed = { name: name.trim(), color };
    await (tag ? adminApi.changeTag(tag.id, changed) : adminApi.createTag(changed));
    void tags.reload();
    onClose();
  });
  return (
    <Dialog title={tag ? w.admin.tags.edit : w.admin.tags.add} onClose={onClose}>
      <form class="form dialog-body" onSubmit={form.onSubmit} autocomplete="off">
        <FormProblem text={form.problem} />
        <Field label={w.admin.name} problem={form.fields.name}>
          {(control) => (
            <input
              {...control}
              class="input"
              maxLength={60}
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
              required
            />
          )}
        </Field>
        <ColorField label={w.admin.tags.color} color={color} offered={COLORS} onChange={setColor} />
        <p class="tag-preview">
          <span class="field-note">{w.admin.tags.preview}</span>
          <TagChip tag={{ id: "", name: name.trim() || w.admin.name, color }} />
        </p>
        <FormActs
          act={tag ? w.admin.save : w.admin.tags.create}
          isSending={form.isSending}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
