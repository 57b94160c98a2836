import { partsOf } from "../../composer/template-text";
import { channels } from "../../lists";
import { InteractiveBody } from "../../message/InteractiveBody";
import type { Template } from "../../wire";
import { w } from "../../words";

const TONES: Record<string, string> = { APPROVED: "good", PENDING: "wait", PAUSED: "wait" };

export function TemplateState({ status }: { status: string }) {
  return (
    <span class={`state state-${TONES[status] ?? "bad"}`}>
      {w.admin.templates.statuses[status] ?? status}
    </span>
  );
}

/** A template as the customer would see it, with where it stands at Meta. */
export function TemplateCard({ template, hasChannels }: { template: Template; hasChannels: boolean }) {
  const { header, body, footer, buttons } = partsOf(template);
  const channel = channels.rows.value.find(({ id }) => id === template.channelId);
  const kind = [
    w.template.categories[template.category ?? ""],
    template.language,
    hasChannels && channel?.name,
  ];
  return (
    <li class="template-card">
      <header>
        <h2>{template.name}</h2>
        <TemplateState status={template.status} />
      </header>
      <p class="cell-sub">{kind.filter(Boolean).join(" · ")}</p>
      {template.rejectedReason && template.rejectedReason !== "NONE" && (
        <p class="settings-panel-warning">
          {w.admin.templates.rejected} {template.rejectedReason}
        </p>
      )}
      <div class="template-shown">
        <div class="bubble bubble-out">
          <InteractiveBody
            headerText={header}
            bodyText={body}
            footerText={footer}
            buttons={buttons.map((title) => ({ id: title, title }))}
          />
        </div>
      </div>
    </li>
  );
}
