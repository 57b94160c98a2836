import { Field } from "../../ui/Field";
import type { FieldProblems } from "../../ui/form";
import { w } from "../../words";
import type { ChannelField } from "./fields";

interface Props {
  fields: readonly ChannelField[];
  problems: FieldProblems;
  isOptional?: boolean;
}

export function FieldsOfMeta({ fields, problems, isOptional }: Props) {
  return (
    <>
      {fields.map(({ name, hint, isSecret }) => (
        <Field key={name} label={w.channels[name]} hint={hint} problem={problems[name]}>
          {(control) => (
            <input
              {...control}
              class="input"
              name={name}
              {...(isSecret ? { type: "password" } : { type: "text" })}
              autocomplete={isSecret ? "new-password" : "off"}
              spellcheck={false}
              required={!isOptional}
            />
          )}
        </Field>
      ))}
    </>
  );
}
