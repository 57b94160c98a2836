import { cannedResponses } from "../../lists";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { FormProblem } from "../../ui/FormProblem";
import { useForm } from "../../ui/form";
import type { CannedResponse } from "../../wire";
import { w } from "../../words";
import { adminApi } from "../api";
import { FormActs } from "../ui/FormActs";

interface Props {
  /** Null for a new one. */
  response: CannedResponse | null;
  onClose: () => void;
}

export function CannedForm({ response, onClose }: Props) {
  const form = useForm(async ({ shortcut = "", title = "", content = "" }) => {
    const changed = { shortcut: shortcut.trim(), title: title.trim() || null, content };
    await (response ? adminApi.changeCanned(response.id, changed) : adminApi.createCanned(changed));
    void cannedResponses.reload();
    onClose();
  });
  return (
    <Dialog title={response ? w.admin.canned.edit : w.admin.canned.add} onClose={onClose}>
      <form class="form dialog-body" onSubmit={form.onSubmit} autocomplete="off">
        <FormProblem text={form.problem} />
        <Field
          label={w.admin.canned.shortcut}
          hint={w.admin.canned.shortcutHint}
          problem={form.fields.shortcut}
        >
          {(control) => (
            <input
              {...control}
              class="input"
              name="shortcut"
              maxLength={41}
              pattern="\s*\/?[\p{L}\p{N}_\-]+\s*"
              title={w.admin.canned.shortcutHint}
              defaultValue={response?.shortcut}
              required
            />
          )}
        </Field>
        <Field label={`${w.admin.canned.title} (${w.optional})`} problem={form.fields.title}>
          {(control) => (
            <input
              {...control}
              class="input"
              name="title"
              maxLength={60}
              defaultValue={response?.title ?? ""}
            />
          )}
        </Field>
        <Field label={w.admin.canned.content} hint={w.admin.canned.contentHint} problem={form.fields.content}>
          {(control) => (
            <textarea
              {...control}
              class="input"
              name="content"
              rows={6}
              maxLength={4096}
              defaultValue={response?.content}
              required
            />
          )}
        </Field>
        <FormActs
          act={response ? w.admin.save : w.admin.canned.create}
          isSending={form.isSending}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
