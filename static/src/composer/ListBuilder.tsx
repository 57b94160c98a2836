import { useState } from "preact/hooks";
import { InteractiveBody } from "../message/InteractiveBody";
import { sendDraft } from "../thread/sending";
import { Icon } from "../ui/Icon";
import type { Id, ListRow, ListSection } from "../wire";
import { w } from "../words";
import { BuilderDialog } from "./BuilderDialog";
import { LimitedInput } from "./LimitedInput";
import { ListRowFields } from "./ListRowFields";

const MAX_ROWS = 10;

interface Props {
  conversationId: Id;
  onClose: () => void;
}

export interface TypedRow {
  title: string;
  description: string;
}

const emptyRow: TypedRow = { title: "", description: "" };

function sectionOf(title: string, rows: readonly TypedRow[]): ListSection {
  const asRow = (row: TypedRow, place: number): ListRow => ({
    id: `item_${place + 1}`,
    title: row.title.trim(),
    ...(row.description.trim() ? { description: row.description.trim() } : {}),
  });
  return { title: title.trim() || w.message.list, rows: rows.map(asRow) };
}

export function ListBuilder({ conversationId, onClose }: Props) {
  const [bodyText, setBody] = useState("");
  const [headerText, setHeader] = useState("");
  const [footerText, setFooter] = useState("");
  const [buttonText, setButton] = useState(w.builder.listOpen);
  const [title, setTitle] = useState("");
  const [rows, setRows] = useState([emptyRow]);
  const sections = [sectionOf(title, rows)];
  const around = { ...(headerText ? { headerText } : {}), ...(footerText ? { footerText } : {}) };

  return (
    <BuilderDialog
      title={w.builder.listTitle}
      preview={
        <InteractiveBody bodyText={bodyText} buttonText={buttonText} sections={sections} {...around} />
      }
      onSend={() =>
        void sendDraft(conversationId, {
          kind: "list",
          message: { bodyText, buttonText, sections, ...around },
        })
      }
      onClose={onClose}
    >
      <LimitedInput label={w.builder.header} value={headerText} limit={60} isOptional onWrite={setHeader} />
      <LimitedInput label={w.builder.body} value={bodyText} limit={4096} isLong onWrite={setBody} />
      <LimitedInput label={w.builder.footer} value={footerText} limit={60} isOptional onWrite={setFooter} />
      <LimitedInput label={w.builder.openText} value={buttonText} limit={20} onWrite={setButton} />
      <LimitedInput label={w.builder.sectionTitle} value={title} limit={24} isOptional onWrite={setTitle} />
      {rows.map((row, place) => (
        <ListRowFields
          key={place}
          row={row}
          place={place + 1}
          onWrite={(next) => setRows(rows.map((old, at) => (at === place ? next : old)))}
          onRemove={rows.length > 1 ? () => setRows(rows.filter((_, at) => at !== place)) : null}
        />
      ))}
      <p class="builder-count">{w.builder.rowsLeft(rows.length, MAX_ROWS)}</p>
      {rows.length < MAX_ROWS && (
        <button type="button" class="button button-quiet" onClick={() => setRows([...rows, emptyRow])}>
          <Icon name="plus" size={16} /> {w.builder.addRow}
        </button>
      )}
    </BuilderDialog>
  );
}
