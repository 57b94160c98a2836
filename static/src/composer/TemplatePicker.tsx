import { useEffect, useState } from "preact/hooks";
import { conversations } from "../inbox/conversations";
import { templates } from "../lists";
import { Dialog } from "../ui/Dialog";
import type { Id, Template } from "../wire";
import { w } from "../words";
import { TemplateForm } from "./TemplateForm";
import { partsOf } from "./template-text";

interface Props {
  conversationId: Id;
  onClose: () => void;
}

const isAbout = (template: Template, text: string) =>
  `${template.name} ${partsOf(template).body}`.toLowerCase().includes(text.trim().toLowerCase());

function TemplateOption({ template, onChoose }: { template: Template; onChoose: () => void }) {
  return (
    <li>
      <button type="button" class="template-option" onClick={onChoose}>
        <strong>{template.name}</strong>
        <span class="template-kind">
          {[w.template.categories[template.category ?? ""], template.language].filter(Boolean).join(" · ")}
        </span>
        <span class="template-text">{partsOf(template).body}</span>
      </button>
    </li>
  );
}

interface ChoiceProps {
  conversationId: Id;
  onChoose: (template: Template) => void;
}

function approvedFor(conversationId: Id): readonly Template[] {
  const channelId = conversations.value.get(conversationId)?.channelId;
  return templates.rows.value.filter((one) => one.status === "APPROVED" && one.channelId === channelId);
}

function noteOf(approved: readonly Template[], found: readonly Template[], text: string): string | null {
  const state = templates.state.value;
  if (state === "loading" || state === "empty") return w.loading;
  if (state === "failed") return w.problem.list;
  if (approved.length === 0) return `${w.template.none} ${w.template.noneHint}`;
  return found.length === 0 ? w.inbox.noResults(text) : null;
}

/** Enter takes the first one found. */
function Choice({ conversationId, onChoose }: ChoiceProps) {
  const [text, setText] = useState("");
  const approved = approvedFor(conversationId);
  const found = approved.filter((template) => isAbout(template, text));
  const note = noteOf(approved, found, text);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.isComposing && found[0]) onChoose(found[0]);
  };
  return (
    <>
      <input
        class="input"
        type="search"
        aria-label={w.template.search}
        placeholder={w.template.search}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {note && <p class="list-note">{note}</p>}
      <ul class="template-options">
        {found.map((template) => (
          <TemplateOption key={template.id} template={template} onChoose={() => onChoose(template)} />
        ))}
      </ul>
    </>
  );
}

export function TemplatePicker({ conversationId, onClose }: Props) {
  const [chosen, setChosen] = useState<Template | null>(null);
  useEffect(() => void templates.load(), []);
  return (
    <Dialog title={w.template.title} onClose={onClose} wide={chosen !== null}>
      {chosen ? (
        <TemplateForm
          conversationId={conversationId}
          template={chosen}
          onBack={() => setChosen(null)}
          onClose={onClose}
        />
      ) : (
        <div class="dialog-body">
          <Choice conversationId={conversationId} onChoose={setChosen} />
        </div>
      )}
    </Dialog>
  );
}
