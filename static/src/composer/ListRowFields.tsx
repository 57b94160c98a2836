import { Icon } from "../ui/Icon";
import { w } from "../words";
import { LimitedInput } from "./LimitedInput";
import type { TypedRow } from "./ListBuilder";

interface Props {
  row: TypedRow;
  place: number;
  onWrite: (row: TypedRow) => void;
  onRemove: (() => void) | null;
}

export function ListRowFields({ row, place, onWrite, onRemove }: Props) {
  return (
    <fieldset class="list-row">
      <legend>{w.builder.row(place)}</legend>
      <LimitedInput
        label={w.builder.rowTitle(place)}
        value={row.title}
        limit={24}
        onWrite={(title) => onWrite({ ...row, title })}
      />
      <LimitedInput
        label={w.builder.rowDescription(place)}
        value={row.description}
        limit={72}
        isOptional
        onWrite={(description) => onWrite({ ...row, description })}
      />
      {onRemove && (
        <button type="button" class="icon-button" aria-label={w.builder.removeRow(place)} onClick={onRemove}>
          <Icon name="cross" size={16} />
        </button>
      )}
    </fieldset>
  );
}
