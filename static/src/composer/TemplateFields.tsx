import { Field } from "../ui/Field";
import type { Template } from "../wire";
import { w } from "../words";
import { type Filling, headerPlace, partsOf, placesOf } from "./template-text";

interface BlankProps {
  label: string;
  hint?: string;
  isAddress?: boolean;
  value: string;
  onWrite: (value: string) => void;
}

function Blank({ label, hint, isAddress, value, onWrite }: BlankProps) {
  return (
    <Field label={label} {...(hint ? { hint } : {})}>
      {(control) => (
        <input
          {...control}
          class="input"
          inputMode={isAddress ? "url" : undefined}
          pattern={isAddress ? "https://.+" : undefined}
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
        <Blank
          label={words.media[headerMedia]}
          hint={words.mediaHint}
          isAddress
          value={filling.header}
          onWrite={writeHeader}
        />
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
