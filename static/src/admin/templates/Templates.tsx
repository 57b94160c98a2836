import { useEffect, useState } from "preact/hooks";
import { channels, templates } from "../../lists";
import { notify } from "../../notices";
import { href } from "../../route";
import { EmptyState } from "../../ui/EmptyState";
import { Icon } from "../../ui/Icon";
import type { Template } from "../../wire";
import { w } from "../../words";
import { useAct } from "../act";
import { adminApi } from "../api";
import { Listed } from "../ui/Listed";
import { PageHead } from "../ui/PageHead";
import { TemplateCard } from "./TemplateCard";

interface Wanted {
  text: string;
  status: string;
}

const isWanted =
  ({ text, status }: Wanted) =>
  (template: Template) =>
    (!status || template.status === status) &&
    `${template.name} ${JSON.stringify(template.components)}`
      .toLowerCase()
      .includes(text.trim().toLowerCase());

function Filter({ wanted, onChange }: { wanted: Wanted; onChange: (wanted: Wanted) => void }) {
  const statuses = [...new Set(templates.rows.value.map(({ status }) => status))].sort();
  return (
    <div class="settings-filter">
      <input
        class="input"
        type="search"
        aria-label={w.template.search}
        placeholder={w.template.search}
        value={wanted.text}
        onInput={(event) => onChange({ ...wanted, text: event.currentTarget.value })}
      />
      <select
        class="input"
        aria-label={w.admin.status}
        value={wanted.status}
        onChange={(event) => onChange({ ...wanted, status: event.currentTarget.value })}
      >
        <option value="">{w.admin.templates.anyStatus}</option>
        {statuses.map((status) => (
          <option key={status} value={status}>
            {w.admin.templates.statuses[status] ?? status}
          </option>
        ))}
      </select>
    </div>
  );
}

export function Templates() {
  useEffect(() => void channels.load(), []);
  const [wanted, setWanted] = useState<Wanted>({ text: "", status: "" });
  const [isSyncing, sync] = useAct(async () => {
    const { synced } = await adminApi.syncTemplates();
    await templates.reload();
    notify("good", w.admin.templates.synced(synced));
  });
  const shown = templates.rows.value.filter(isWanted(wanted));
  const hasNumber = channels.rows.value.length > 0;
  return (
    <>
      <PageHead title={w.admin.pages.modelos} lead={w.admin.templates.lead}>
        {hasNumber && (
          <button type="button" class="button" disabled={isSyncing} onClick={sync}>
            <Icon name="retry" size={16} />
            {isSyncing ? w.admin.templates.syncing : w.admin.templates.sync}
          </button>
        )}
      </PageHead>
      <Listed
        list={templates}
        empty={
          <EmptyState
            icon="template"
            title={w.admin.templates.empty}
            text={hasNumber ? w.admin.templates.emptyText : w.admin.templates.noNumber}
          >
            {!hasNumber && (
              <a class="button button-main" href={href.settings("canais")}>
                {w.inbox.connect}
              </a>
            )}
          </EmptyState>
        }
      >
        <Filter wanted={wanted} onChange={setWanted} />
        {shown.length === 0 && <p class="nothing">{w.admin.nothingFound}</p>}
        <ul class="template-cards">
          {shown.map((template) => (
            <TemplateCard
              key={template.id}
              template={template}
              hasChannels={channels.rows.value.length > 1}
            />
          ))}
        </ul>
      </Listed>
    </>
  );
}
