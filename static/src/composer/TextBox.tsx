import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { leaveToList } from "../inbox/walking";
import { me } from "../session";
import type { CannedResponse, Conversation } from "../wire";
import { w } from "../words";
import { CannedResponses, matching } from "./CannedResponses";
import { drafts, keepDraft } from "./drafts";
import { MarkedText } from "./MarkedText";
import { COMPOSER_ID, replies, stopReplying } from "./replying";
import { tellTyping } from "./typing";
import { fillVariables, hourThere, missingIn, selectVariable } from "./variables";

interface Props {
  conversation: Conversation;
  onSend: () => void;
  onFiles: (files: readonly File[]) => void;
}

const MAX_TEXT = 4096;
const LIST_ID = "canned-responses";

function useGrowth(text: string) {
  const box = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (!box.current) return;
    box.current.style.height = "auto";
    // Behind another pane it has no height to go by.
    if (box.current.scrollHeight > 0) box.current.style.height = `${box.current.scrollHeight}px`;
  }, [text]);
  return box;
}

const isWide = () => window.matchMedia("(min-width: 700px)").matches;

export function TextBox({ conversation, onSend, onFiles }: Props) {
  const { id: conversationId, contact } = conversation;
  const text = drafts.value.get(conversationId) ?? "";
  const box = useGrowth(text);
  const [place, setPlace] = useState(0);
  const [scrolled, setScrolled] = useState(0);
  const [isDismissed, setDismissed] = useState(false);
  const slash = isDismissed ? null : (/^\/(\S*)$/.exec(text)?.[1] ?? null);
  const offered = slash === null ? [] : matching(slash);

  const write = (next: string) => {
    keepDraft(conversationId, next);
    setPlace(0);
    if (!next.startsWith("/")) setDismissed(false);
    if (next) tellTyping(conversationId);
  };
  const filled = ({ content }: CannedResponse) =>
    fillVariables(content, { contact, author: me.value?.name, hour: hourThere() });
  const pick = (response: CannedResponse) => {
    const next = filled(response);
    write(next);
    if (!box.current) return;
    // Shown at once, so that there is something to select.
    box.current.value = next;
    const [missing] = missingIn(next);
    if (missing) selectVariable(missing);
    else box.current.focus();
  };
  const leave = () => {
    if (replies.value.has(conversationId)) stopReplying(conversationId);
    else leaveToList();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const isSubmit = event.key === "Enter" && !event.shiftKey;
    if (slash !== null && offered.length > 0) {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (by) setPlace((place + by + offered.length) % offered.length);
      else if (isSubmit || event.key === "Tab") pick(offered[place] as CannedResponse);
      else if (event.key === "Escape") setDismissed(true);
      else return;
      event.preventDefault();
    } else if (isSubmit || event.key === "Escape") {
      event.preventDefault();
      if (isSubmit) onSend();
      else leave();
    }
  };

  return (
    <div class="textbox">
      {slash !== null && (
        <CannedResponses id={LIST_ID} responses={offered} place={place} textOf={filled} onPick={pick} />
      )}
      <MarkedText text={text} scrolled={scrolled} />
      <textarea
        id={COMPOSER_ID}
        ref={box}
        class="textbox-input"
        rows={1}
        maxLength={MAX_TEXT}
        aria-label={w.composer.label}
        aria-controls={slash === null ? undefined : LIST_ID}
        aria-activedescendant={slash !== null && offered.length > 0 ? `${LIST_ID}-${place}` : undefined}
        placeholder={isWide() ? w.composer.placeholder : w.composer.placeholderNarrow}
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
        onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const files = [...(event.clipboardData?.files ?? [])];
          if (files.length === 0) return;
          event.preventDefault();
          onFiles(files);
        }}
      />
    </div>
  );
}
