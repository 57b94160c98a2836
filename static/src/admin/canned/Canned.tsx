import { useState } from "preact/hooks";
import { cannedResponses } from "../../lists";
import { EmptyState } from "../../ui/EmptyState";
import { Icon } from "../../ui/Icon";
import { MenuItem } from "../../ui/Menu";
import type { CannedResponse } from "../../wire";
import { w } from "../../words";
import { adminApi } from "../api";
import { Acts } from "../ui/Acts";
import { Confirm } from "../ui/Confirm";
import { Listed } from "../ui/Listed";
import { PageHead } from "../ui/PageHead";
import { CannedForm } from "./CannedForm";

interface RowProps {
  response: CannedResponse;
  onEdit: () => void;
  onRemove: () => void;
}

function CannedRow({ response, onEdit, onRemove }: RowProps) {
  return (
    <li class="entry-row canned-row">
      <code class="shortcut">/{response.shortcut}</code>
      <div class="cell-lines">
        {response.title && <strong class="cell-name">{response.title}</strong>}
        <span class="canned-text">{response.content}</span>
      </div>
      <Acts of={response.shortcut}>
        <MenuItem onChoose={onEdit}>{w.admin.edit}</MenuItem>
        <MenuItem onChoose={onRemove}>{w.admin.remove}</MenuItem>
      </Acts>
    </li>
  );
}

export function Canned() {
  const [edited, setEdited] = useState<CannedResponse | "new" | null>(null);
  const [removed, setRemoved] = useState<CannedResponse | null>(null);
  const add = (
    <button type="button" class="button button-main" onClick={() => setEdited("new")}>
      <Icon name="plus" size={16} />
      {w.admin.canned.add}
    </button>
  );
  const remove = async ({ id }: CannedResponse) => {
    await adminApi.removeCanned(id);
    void cannedResponses.reload();
  };
  const isEmpty = cannedResponses.state.value === "ready" && cannedResponses.rows.value.length === 0;
  return (
    <>
      <PageHead title={w.admin.pages.respostas} lead={w.admin.canned.lead}>
        {!isEmpty && add}
      </PageHead>
      <Listed
        list={cannedResponses}
        empty={
          <EmptyState icon="reply" title={w.admin.canned.empty} text={w.admin.canned.emptyText}>
            {add}
          </EmptyState>
        }
      >
        <ul class="entries">
          {cannedResponses.rows.value.map((response) => (
            <CannedRow
              key={response.id}
              response={response}
              onEdit={() => setEdited(response)}
              onRemove={() => setRemoved(response)}
            />
          ))}
        </ul>
      </Listed>
      {edited && <CannedForm response={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
      {removed && (
        <Confirm
          title={w.admin.canned.removeTitle(removed.shortcut)}
          act={w.admin.remove}
          onConfirm={() => remove(removed)}
          onClose={() => setRemoved(null)}
        >
          {w.admin.canned.removeText}
        </Confirm>
      )}
    </>
  );
}
