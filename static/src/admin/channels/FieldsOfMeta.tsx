import { Field } from "../../ui/Field";
import type { FieldProblems } from "../../ui/form";
import { w } from "../../words";
import type { ChannelField, Typed } from "./fields";

interface Props {
  fields: readonly ChannelField[];
  problems: FieldProblems;
  isOptional?: boolean;
  typed?: Typed;
  /** Of a number that answers only the keys change. */
  isNumberFixed?: boolean;
}

export function FieldsOfMeta({ fields, problems, isOptional, typed = {}, isNumberFixed = false }: Props) {
  const isFixed = ({ isSecret }: ChannelField) => isNumberFixed && !isSecret;
  const hintOf = (field: ChannelField) => (isFixed(field) ? w.admin.channels.numberFixed : field.hint);
  return (
    <>
      {fields.map((field) => (
        <Field
          key={field.name}
          label={w.channels[field.name]}
          hint={hintOf(field)}
          problem={problems[field.name]}
        >
          {(control) => (
            <input
              {...control}
              class="input"
              name={field.name}
              {...(field.isSecret ? { type: "password" } : { type: "text" })}
              autocomplete={field.isSecret ? "new-password" : "off"}
              defaultValue={typed[field.name]}
              readOnly={isFixed(field)}
              spellcheck={false}
              required={!isOptional}
            />
          )}
        </Field>
      ))}
    </>
  );
}
