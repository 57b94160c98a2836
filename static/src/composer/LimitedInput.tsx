import { Field } from "../ui/Field";
import { w } from "../words";

interface Props {
  label: string;
  value: string;
  limit: number;
  isOptional?: boolean;
  isLong?: boolean;
  onWrite: (value: string) => void;
}

/** A field that shows how much of WhatsApp's limit is used. */
export function LimitedInput({ label, value, limit, isOptional, isLong, onWrite }: Props) {
  const shared = {
    class: "input",
    value,
    maxLength: limit,
    required: !isOptional,
    onInput: (event: { currentTarget: { value: string } }) => onWrite(event.currentTarget.value),
  };
  return (
    <Field
      label={isOptional ? `${label} (${w.optional})` : label}
      count={w.builder.left(value.length, limit)}
    >
      {(control) =>
        isLong ? <textarea {...control} {...shared} rows={3} /> : <input {...control} {...shared} />
      }
    </Field>
  );
}
