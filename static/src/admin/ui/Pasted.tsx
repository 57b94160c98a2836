import { CopyButton } from "../../ui/CopyButton";
import { w } from "../../words";

/** What is to be carried elsewhere, with a button that copies it. */
export function Pasted({ label, hint, text }: { label: string; hint?: string; text: string }) {
  return (
    <div class="pasted">
      <span class="pasted-label">{label}</span>
      <code>{text}</code>
      <CopyButton text={text} label={`${w.copy}: ${label}`} />
      {hint && <p class="field-note">{hint}</p>}
    </div>
  );
}
