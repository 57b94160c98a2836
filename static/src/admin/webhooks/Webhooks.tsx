import { useState } from "preact/hooks";
import { EmptyState } from "../../ui/EmptyState";
import { Icon } from "../../ui/Icon";
import { w } from "../../words";
import { webhooks } from "../lists";
import { Listed } from "../ui/Listed";
import { PageHead } from "../ui/PageHead";
import { ShownOnce } from "../ui/ShownOnce";
import type { Webhook } from "../wire";
import { WebhookCard } from "./WebhookCard";
import { WebhookForm } from "./WebhookForm";

export function Webhooks() {
  const [edited, setEdited] = useState<Webhook | "new" | null>(null);
  const [made, setMade] = useState<{ title: string; secret: string } | null>(null);
  const isEmpty = webhooks.state.value === "ready" && webhooks.rows.value.length === 0;
  const add = (
    <button type="button" class="button button-main" onClick={() => setEdited("new")}>
      <Icon name="plus" size={16} />
      {w.admin.webhooks.add}
    </button>
  );
  return (
    <>
      <PageHead title={w.admin.pages.webhooks} lead={w.admin.webhooks.lead}>
        {!isEmpty && add}
      </PageHead>
      <Listed
        list={webhooks}
        empty={
          <EmptyState icon="link" title={w.admin.webhooks.empty} text={w.admin.webhooks.emptyText}>
            {add}
          </EmptyState>
        }
      >
        <ul class="webhooks">
          {webhooks.rows.value.map((webhook) => (
            <WebhookCard
              key={webhook.id}
              webhook={webhook}
              onEdit={() => setEdited(webhook)}
              onRotated={(secret) => setMade({ title: w.admin.webhooks.rotated, secret })}
            />
          ))}
        </ul>
      </Listed>
      {edited && (
        <WebhookForm
          webhook={edited === "new" ? null : edited}
          onMade={(secret) => setMade({ title: w.admin.webhooks.made, secret })}
          onClose={() => setEdited(null)}
        />
      )}
      {made && (
        <ShownOnce
          title={made.title}
          text={w.admin.webhooks.once}
          label={w.admin.webhooks.secret}
          secret={made.secret}
          onClose={() => setMade(null)}
        />
      )}
    </>
  );
}
