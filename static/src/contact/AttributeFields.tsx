import { randomKey } from "../key";
import { Icon } from "../ui/Icon";
import { w } from "../words";
import type { AttributeRow } from "./contacts";

interface Props {
  rows: readonly AttributeRow[];
  onChange: (rows: AttributeRow[]) => void;
}

/** What the house itself notes of a customer: names and values of its own. */
export function AttributeFields({ rows, onChange }: Props) {
  const change = (key: string, to: Partial<AttributeRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...to } : row)));
  return (
    <fieldset class="attributes">
      <legend>{w.desk.contact.attributes}</legend>
      {rows.map((row, place) => (
        <div key={row.key} class="attribute">
          <input
            class="input"
            aria-label={w.desk.contact.attribute(place + 1)}
            maxLength={60}
            value={row.name}
            onInput={(event) => change(row.key, { name: event.currentTarget.value })}
          />
          <input
            class="input"
            aria-label={w.desk.contact.value(place + 1)}
            maxLength={500}
            value={row.value}
            onInput={(event) => change(row.key, { value: event.currentTarget.value })}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={w.desk.contact.remove(place + 1)}
            onClick={() => onChange(rows.filter((one) => one !== row))}
          >
            <Icon name="cross" size={15} />
          </button>
        </div>
      ))}
      <button
        type="button"
        class="link-button"
        onClick={() => onChange([...rows, { key: randomKey(), name: "", value: "" }])}
      >
        {w.desk.contact.add}
      </button>
    </fieldset>
  );
}
