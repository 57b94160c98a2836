import { useState } from "preact/hooks";
import { notify } from "../../notices";
import { dateAndTime } from "../../time";
import { Icon } from "../../ui/Icon";
import type { Id } from "../../wire";
import { said, w } from "../../words";
import { useAct } from "../act";
import { adminApi } from "../api";
import { type Keyset, useKeyset } from "../keyset";
import { Paged } from "../ui/Paged";
import type { Delivery, EventKind } from "../wire";

const eventName = (event: string) =>
  event === "webhook.test"
    ? w.admin.webhooks.trial
    : (w.admin.webhooks.eventNames[event as EventKind] ?? event);

/** A notice of what came of it; an address that refuses is no failure of ours. */
export function tellOutcome(delivery: Delivery): void {
  const words = w.admin.webhooks;
  if (delivery.ok) notify("good", words.gotThrough(delivery.status ?? 0, delivery.milliseconds));
  else notify("bad", errorOf(delivery) ?? words.noAnswer);
}

/** The server says it in Portuguese. */
function errorOf({ error, status }: Delivery): string | null {
  if (!error || !said) return error;
  return status === null ? w.admin.webhooks.noAnswer : w.admin.webhooks.refused(status);
}

interface RowProps {
  delivery: Delivery;
  webhookId: Id;
  onReplayed: () => void;
}

function DeliveryRow({ delivery, webhookId, onReplayed }: RowProps) {
  const [isReplaying, replay] = useAct(async () => {
    tellOutcome(await adminApi.replay(webhookId, delivery.id));
    onReplayed();
  });
  const { event, occasion, attempt, ok, status, milliseconds, at } = delivery;
  const error = errorOf(delivery);
  const words = w.admin.webhooks;
  return (
    <tr>
      <th scope="row" class="cell-main">
        <span class="cell-lines">
          <span class="cell-name">{eventName(event)}</span>
          <span class="cell-sub">
            {words.occasions[occasion]} · {words.attempt(attempt)}
          </span>
        </span>
      </th>
      <td data-label={w.admin.when}>
        <time dateTime={at}>{dateAndTime(at)}</time>
      </td>
      <td data-label={words.answer}>
        <span class={`state ${ok ? "state-good" : "state-bad"}`}>{status ?? words.none}</span>
        <span class="cell-sub"> {milliseconds} ms</span>
        {error && <span class="cell-sub cell-block">{error}</span>}
      </td>
      <td class="cell-acts">
        {occasion !== "TEST" && (
          <button type="button" class="button" disabled={isReplaying} onClick={replay}>
            <Icon name="retry" size={15} />
            {words.replay}
          </button>
        )}
      </td>
    </tr>
  );
}

function DeliveriesTable({ list, webhookId }: { list: Keyset<Delivery>; webhookId: Id }) {
  return (
    <table class="settings-table">
      <caption class="visually-hidden">{w.admin.webhooks.deliveries}</caption>
      <thead>
        <tr>
          {[w.admin.webhooks.event, w.admin.when, w.admin.webhooks.answer].map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
          <th scope="col">
            <span class="visually-hidden">{w.admin.acts}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {list.rows.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} webhookId={webhookId} onReplayed={list.reload} />
        ))}
      </tbody>
    </table>
  );
}

/** `round`: counts what was done to the webhook, each of which adds to its log. */
export function Deliveries({ webhookId, round }: { webhookId: Id; round: number }) {
  const [onlyFailed, setOnlyFailed] = useState(false);
  const ok = onlyFailed ? false : undefined;
  const list = useKeyset(`${webhookId} ${ok} ${round}`, (cursor) =>
    adminApi.deliveries(webhookId, { ok, cursor }),
  );
  return (
    <div class="deliveries">
      <div class="deliveries-head">
        <label class="box">
          <input
            type="checkbox"
            checked={onlyFailed}
            onChange={(event) => setOnlyFailed(event.currentTarget.checked)}
          />
          <span>{w.admin.webhooks.onlyFailed}</span>
        </label>
        <button type="button" class="button button-quiet" onClick={list.reload}>
          {w.admin.refresh}
        </button>
      </div>
      <Paged list={list} empty={<p class="nothing">{w.admin.webhooks.noDeliveries}</p>}>
        <DeliveriesTable list={list} webhookId={webhookId} />
      </Paged>
    </div>
  );
}
