import { useState } from "preact/hooks";
import { now, rowTime, shortDate } from "../../time";
import { EmptyState } from "../../ui/EmptyState";
import { Icon } from "../../ui/Icon";
import { w } from "../../words";
import { adminApi } from "../api";
import { apiKeys } from "../lists";
import { Confirm } from "../ui/Confirm";
import { Listed } from "../ui/Listed";
import { PageHead } from "../ui/PageHead";
import { ShownOnce } from "../ui/ShownOnce";
import type { ApiKey } from "../wire";
import { KeyForm } from "./KeyForm";

const hasExpired = ({ expiresAt }: ApiKey) => expiresAt !== null && Date.parse(expiresAt) <= now.value;

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const { name, prefix, role, lastUsedAt, expiresAt, createdBy } = apiKey;
  return (
    <tr class={hasExpired(apiKey) ? "settings-table-faded" : undefined}>
      <th scope="row" class="cell-main">
        <span class="cell-lines">
          <span class="cell-name">{name}</span>
          <span class="cell-sub">
            <code>{prefix}…</code> {w.admin.keys.by(createdBy.name)}
          </span>
        </span>
      </th>
      <td data-label={w.admin.users.role}>{w.account.roles[role]}</td>
      <td data-label={w.admin.keys.lastUsed}>{lastUsedAt ? rowTime(lastUsedAt) : w.admin.users.never}</td>
      <td data-label={w.admin.keys.expires}>
        {!expiresAt && w.admin.keys.never}
        {expiresAt && (hasExpired(apiKey) ? w.admin.keys.expired : shortDate(expiresAt))}
      </td>
      <td class="cell-acts">
        <button type="button" class="button" aria-label={w.admin.keys.revokeOf(name)} onClick={onRevoke}>
          {w.admin.keys.revoke}
        </button>
      </td>
    </tr>
  );
}

function KeysTable({ onRevoke }: { onRevoke: (key: ApiKey) => void }) {
  const columns = [w.admin.name, w.admin.users.role, w.admin.keys.lastUsed, w.admin.keys.expires];
  return (
    <table class="settings-table">
      <caption class="visually-hidden">{w.admin.pages.chaves}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
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
        {apiKeys.rows.value.map((apiKey) => (
          <KeyRow key={apiKey.id} apiKey={apiKey} onRevoke={() => onRevoke(apiKey)} />
        ))}
      </tbody>
    </table>
  );
}

export function ApiKeys() {
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<{ name: string; key: string } | null>(null);
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  const isEmpty = apiKeys.state.value === "ready" && apiKeys.rows.value.length === 0;
  const add = (
    <button type="button" class="button button-main" onClick={() => setMaking(true)}>
      <Icon name="plus" size={16} />
      {w.admin.keys.add}
    </button>
  );
  const revoke = async ({ id }: ApiKey) => {
    await adminApi.revokeApiKey(id);
    void apiKeys.reload();
  };
  return (
    <>
      <PageHead title={w.admin.pages.chaves} lead={w.admin.keys.lead}>
        <a class="button" href="/api/docs/" target="_blank" rel="noopener noreferrer">
          {w.admin.keys.docs}
        </a>
        {!isEmpty && add}
      </PageHead>
      <Listed
        list={apiKeys}
        empty={
          <EmptyState icon="key" title={w.admin.keys.empty} text={w.admin.keys.emptyText}>
            {add}
          </EmptyState>
        }
      >
        <KeysTable onRevoke={setRevoked} />
      </Listed>
      {isMaking && (
        <KeyForm onMade={(name, key) => setMade({ name, key })} onClose={() => setMaking(false)} />
      )}
      {made && (
        <ShownOnce
          title={w.admin.keys.made(made.name)}
          text={w.admin.keys.once}
          label={w.admin.keys.key}
          secret={made.key}
          onClose={() => setMade(null)}
        />
      )}
      {revoked && (
        <Confirm
          title={w.admin.keys.revokeOf(revoked.name)}
          act={w.admin.keys.revoke}
          onConfirm={() => revoke(revoked)}
          onClose={() => setRevoked(null)}
        >
          {w.admin.keys.revokeText}
        </Confirm>
      )}
    </>
  );
}
