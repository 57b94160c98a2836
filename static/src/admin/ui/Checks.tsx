interface Props<Id extends string> {
  legend: string;
  of: readonly { id: Id; name: string }[];
  chosen: readonly Id[];
  empty: string;
  onChange: (chosen: Id[]) => void;
}

/** Any number of a list. */
export function Checks<Id extends string>({ legend, of, chosen, empty, onChange }: Props<Id>) {
  const toggle = (id: Id) =>
    onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <fieldset class="boxes">
      <legend>{legend}</legend>
      {of.length === 0 && <p class="field-note">{empty}</p>}
      <div class="boxes-list">
        {of.map(({ id, name }) => (
          <label key={id} class="box">
            <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
            <span>{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
