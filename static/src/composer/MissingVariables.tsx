import { Icon } from "../ui/Icon";
import { w } from "../words";
import { missingIn, selectVariable } from "./variables";

/** The customer must never read "{{nome}}". */
export function MissingVariables({ text }: { text: string }) {
  const missing = missingIn(text);
  if (missing.length === 0) return null;
  return (
    <p class="missing" role="status">
      <Icon name="alert" size={15} />
      {w.composing.variables.missing}
      {missing.map((name) => (
        <button
          key={name}
          type="button"
          aria-label={w.composing.variables.find(name)}
          onClick={() => selectVariable(name)}
        >
          {name}
        </button>
      ))}
    </p>
  );
}
