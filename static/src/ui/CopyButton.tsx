import { useState } from "preact/hooks";
import { w } from "../words";
import { Icon } from "./Icon";

/** Absent where the browser offers no clipboard (plain http): the text beside it can be selected. */
export function CopyButton({ text, label = w.copy }: { text: string; label?: string }) {
  const [isCopied, setCopied] = useState(false);
  if (!navigator.clipboard) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={isCopied ? w.copied : label}
      title={label}
      onClick={copy}
    >
      <Icon name={isCopied ? "check" : "copy"} size={16} />
    </button>
  );
}
