import { Field } from "../ui/Field";
import type { Template } from "../wire";
import { w } from "../words";
import { HeaderFile } from "./HeaderFile";
import { type Filling, headerPlace, partsOf, placesOf } from "./template-text";

interface BlankProps {
  label: string;
  value: string;
  onWrite: (value: string) => void;
}

function Blank({ label, value, onWrite }: BlankProps) {
  return (
    <Field label={label}>
      {(control) => (
        <input
          {...control}
          class="input"
          value={value}
          onInput={(event) => onWrite(event.currentTarget.value)}
          required
        />
      )}
    </Field>
  );
}

interface Props {
  template: Template;
  filling: Filling;
  onFill: (filling: Filling) => void;
}

/** One field for each place that the template leaves open, in the order in which the customer reads them. */
export function TemplateFields({ template, filling, onFill }: Props) {
  const { headerMedia, openButtons } = partsOf(template);
  const words = w.composing.template;
  const writeHeader = (header: string) => onFill({ ...filling, header });
  return (
    <>
      {headerMedia && (
        <HeaderFile kind={headerMedia} filling={filling} onFill={(file) => onFill({ ...filling, ...file })} />
      )}
      {headerPlace(template) !== null && (
        <Blank label={words.header} value={filling.header} onWrite={writeHeader} />
      )}
      {placesOf(template).map((place, at) => (
        <Blank
          key={place}
          label={w.template.parameter(place)}
          value={filling.body[at] ?? ""}
          onWrite={(text) => onFill({ ...filling, body: filling.body.with(at, text) })}
        />
      ))}
      {openButtons.map(({ index, title }) => (
        <Blank
          key={index}
          label={words.buttonEnd(title)}
          value={filling.ends[index] ?? ""}
          onWrite={(end) => onFill({ ...filling, ends: { ...filling.ends, [index]: end } })}
        />
      ))}
    </>
  );
}
