import { useState } from "preact/hooks";
import { attempt } from "../../notices";
import { dateAndTime, now } from "../../time";
import { MenuItem } from "../../ui/Menu";
import { said, w } from "../../words";
import { useAct } from "../act";
import { adminApi } from "../api";
import { webhooks } from "../lists";
import { Acts } from "../ui/Acts";
import { Confirm } from "../ui/Confirm";
import { Switch } from "../ui/Switch";
import type { Webhook } from "../wire";
import { Deliveries, tellOutcome } from "./Deliveries";
import { NewSecret } from "./NewSecret";

/** What is wrong with it, if anything is. */
function Trouble({ webhook }: { webhook: Webhook }) {
  const { disabledBecause, failingSince, nextAttemptAt, failures } = webhook;
  if (disabledBecause) {
    return (
      <p class="settings-panel-warning">
        <strong>{w.admin.webhooks.disabled}</strong> {!said && disabledBecause}
      </p>
    );
  }
  if (!failingSince) return null;
  return (
    <p class="settings-panel-warning">
      {w.admin.webhooks.failing(failures, dateAndTime(failingSince))}{" "}
      {nextAttemptAt && w.admin.webhooks.nextAttempt(dateAndTime(nextAttemptAt))}
    </p>
  );
}

const namesOf = ({ events }: Webhook) =>
  events.map((event) => w.admin.webhooks.eventNames[event]).join(" · ");

function secretLine({ secret, previousSecretUntil }: Webhook): string {
  const line = w.admin.webhooks.secretEnds(secret);
  const isLeaving = previousSecretUntil && Date.parse(previousSecretUntil) > now.value;
  return isLeaving ? `${line} · ${w.admin.webhooks.previousUntil(dateAndTime(previousSecretUntil))}` : line;
}

interface Props {
  webhook: Webhook;
  onEdit: () => void;
  onRotated: (secret: string) => void;
}

export function WebhookCard({ webhook, onEdit, onRotated }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const [isRotating, setRotating] = useState(false);
  const [round, setRound] = useState(0);
  const [isTesting, test] = useAct(async () => {
    tellOutcome(await adminApi.testWebhook(webhook.id));
    setRound(round + 1);
  });
  const enable = (enabled: boolean) =>
    attempt(async () => {
      await adminApi.changeWebhook(webhook.id, { enabled });
      await webhooks.reload();
    });
  const remove = async () => {
    await adminApi.removeWebhook(webhook.id);
    await webhooks.reload();
  };
  return (
    <li class="webhook">
      <header class="webhook-head">
        <div class="cell-lines">
          <h2 class="webhook-url">{webhook.url}</h2>
          <p class="cell-sub">{namesOf(webhook)}</p>
          <p class="cell-sub">{secretLine(webhook)}</p>
        </div>
        <Switch label={w.admin.webhooks.enabled} isOn={webhook.enabled} onChange={enable} />
        <Acts of={webhook.url}>
          <MenuItem onChoose={onEdit}>{w.admin.edit}</MenuItem>
          <MenuItem onChoose={() => setRotating(true)}>{w.admin.webhooks.rotate}</MenuItem>
          <MenuItem onChoose={() => setRemoving(true)}>{w.admin.remove}</MenuItem>
        </Acts>
      </header>
      <Trouble webhook={webhook} />
      <div class="webhook-acts">
        <button type="button" class="button" disabled={isTesting} onClick={test}>
          {isTesting ? w.admin.webhooks.testing : w.admin.webhooks.test}
        </button>
        <button
          type="button"
          class="button button-quiet"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? w.admin.webhooks.hideLog : w.admin.webhooks.deliveries}
        </button>
      </div>
      {isOpen && <Deliveries webhookId={webhook.id} round={round} />}
      {isRotating && <NewSecret id={webhook.id} onMade={onRotated} onClose={() => setRotating(false)} />}
      {isRemoving && (
        <Confirm
          title={w.admin.webhooks.removeTitle}
          act={w.admin.remove}
          onConfirm={remove}
          onClose={() => setRemoving(false)}
        >
          {w.admin.webhooks.removeText(webhook.url)}
        </Confirm>
      )}
    </li>
  );
}
