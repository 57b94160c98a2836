import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../ui/Icon";
import type { Id } from "../../wire";
import { w } from "../../words";
import { keepDraft } from "../drafts";
import { COMPOSER_ID } from "../replying";
import { EmojiPicker } from "./EmojiPicker";

function write(conversationId: Id, sign: string): void {
  const box = document.getElementById(COMPOSER_ID) as HTMLTextAreaElement | null;
  if (!box) return;
  box.setRangeText(sign, box.selectionStart, box.selectionEnd, "end");
  keepDraft(conversationId, box.value);
  box.focus();
}

export function EmojiButton({ conversationId }: { conversationId: Id }) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    root.current?.querySelector("input")?.focus();
    const leave = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", leave);
    return () => document.removeEventListener("pointerdown", leave);
  }, [isOpen]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !isOpen) return;
    event.stopPropagation();
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for the keys of the list inside it.
    <div class="emoji-anchor" ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        class="icon-button"
        aria-label={w.composing.emoji.open}
        title={w.composing.emoji.open}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="smile" size={20} />
      </button>
      {isOpen && (
        <div class="emoji-sheet">
          <EmojiPicker
            onPick={(sign) => {
              setOpen(false);
              write(conversationId, sign);
            }}
          />
        </div>
      )}
    </div>
  );
}
