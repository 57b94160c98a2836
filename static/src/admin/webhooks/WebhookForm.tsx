import { useState } from "preact/hooks";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { FormProblem } from "../../ui/FormProblem";
import { useForm } from "../../ui/form";
import { w } from "../../words";
import { adminApi } from "../api";
import { webhooks } from "../lists";
import { Checks } from "../ui/Checks";
import { FormActs } from "../ui/FormActs";
import type { EventKind, Webhook } from "../wire";
import { EVENTS } from "./events";

interface Props {
  /** Null for a new one. */
  webhook: Webhook | null;
  onMade: (secret: string) => void;
  onClose: () => void;
}

export function WebhookForm({ webhook, onMade, onClose }: Props) {
  const [events, setEvents] = useState<EventKind[]>(
    webhook?.events ?? ["message.added", "message.status_changed"],
  );
  const form = useForm(async ({ url = "" }) => {
    const wanted = { url: url.trim(), events };
    if (webhook) await adminApi.changeWebhook(webhook.id, wanted);
    else onMade((await adminApi.createWebhook(wanted)).secret);
    void webhooks.reload();
    onClose();
  });
  return (
    <Dialog title={webhook ? w.admin.webhooks.edit : w.admin.webhooks.add} onClose={onClose}>
      <form class="form dialog-body" onSubmit={form.onSubmit} autocomplete="off">
        <FormProblem text={form.problem} />
        <Field label={w.admin.webhooks.url} hint={w.admin.webhooks.urlHint} problem={form.fields.url}>
          {(control) => (
            <input
              {...control}
              class="input"
              name="url"
              type="url"
              maxLength={1000}
              placeholder="https://sistema.exemplo.com.br/webhooks"
              defaultValue={webhook?.url}
              required
            />
          )}
        </Field>
        <Checks
          legend={w.admin.webhooks.events}
          of={EVENTS.map((name) => ({ id: name, name: w.admin.webhooks.eventNames[name] }))}
          chosen={events}
          empty=""
          onChange={setEvents}
        />
        {form.fields.events && <p class="field-note field-problem">{form.fields.events}</p>}
        <FormActs
          act={webhook ? w.admin.save : w.admin.webhooks.create}
          isSending={form.isSending || events.length === 0}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
