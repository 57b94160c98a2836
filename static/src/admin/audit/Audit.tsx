import { useState } from "preact/hooks";
import { fullTime, rowTime } from "../../time";
import { EmptyState } from "../../ui/EmptyState";
import { w } from "../../words";
import { adminApi } from "../api";
import { useKeyset } from "../keyset";
import { Paged } from "../ui/Paged";
import { PageHead } from "../ui/PageHead";
import type { AuditEntry } from "../wire";
import { AuditFilter, EVERYTHING, type Wanted } from "./AuditFilter";
import { actionText, actorText, between, fieldText, isSomething, targetText, valueText } from "./reading";

function Changes({ entry }: { entry: AuditEntry }) {
  if (entry.changes.length === 0) return null;
  return (
    <details class="changes">
      <summary>{w.admin.audit.changes(entry.changes.length)}</summary>
      <dl>
        {entry.changes.map(({ field, before, after }) => (
          <div key={field} class="change">
            <dt>{fieldText(field)}</dt>
            <dd>
              {isSomething(before) && (
                <>
                  <del>{valueText(before)}</del> <span aria-hidden="true">→</span>{" "}
                </>
              )}
              <ins>{valueText(after)}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function EntryRow({ entry }: { entry: AuditEntry }) {
  return (
    <tr>
      <td>
        <time dateTime={entry.at} title={fullTime(entry.at)}>
          {rowTime(entry.at)}
        </time>
      </td>
      <td>
        <span class="cell-lines">
          {actorText(entry)}
          {entry.ip && <span class="cell-sub">{entry.ip}</span>}
        </span>
      </td>
      <td>
        <span class="cell-lines">
          <span>
            <strong>{actionText(entry.action)}</strong> {targetText(entry)}
          </span>
          <Changes entry={entry} />
        </span>
      </td>
    </tr>
  );
}

export function Audit() {
  const [wanted, setWanted] = useState<Wanted>(EVERYTHING);
  const list = useKeyset(JSON.stringify(wanted), (cursor) =>
    adminApi.audit({
      ...between(wanted.from, wanted.to),
      actorId: wanted.actorId || undefined,
      action: wanted.action || undefined,
      cursor,
    }),
  );
  return (
    <>
      <PageHead title={w.admin.pages.auditoria} lead={w.admin.audit.lead} />
      <AuditFilter wanted={wanted} onChange={setWanted} />
      <Paged list={list} empty={<EmptyState icon="list" title={w.admin.nothingFound} />}>
        <table class="settings-table settings-table-audit">
          <caption class="visually-hidden">{w.admin.pages.auditoria}</caption>
          <thead>
            <tr>
              {[w.admin.when, w.admin.audit.who, w.admin.audit.what].map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.rows.map((entry) => (
              <EntryRow key={entry.id} entry={entry} />
            ))}
          </tbody>
        </table>
      </Paged>
    </>
  );
}
