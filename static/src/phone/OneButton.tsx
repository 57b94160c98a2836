import { useState } from "preact/hooks";
import { Icon, type IconName } from "../ui/Icon";
import { tap } from "./actions";
import { useChat } from "./chats";
import type { DrawnButton } from "./types";
import { w } from "./words";

interface ReplyOf {
  wamid: string;
  id: string;
  text: string;
  isChosen: boolean;
}

export function ReplyButton({ wamid, id, text, isChosen }: ReplyOf) {
  const chat = useChat();
  return (
    <button type="button" disabled={isChosen} onClick={() => void tap(chat, wamid, id)}>
      <Icon name="reply" size={17} /> {text}
    </button>
  );
}

/** A template's button that leads somewhere else; the business hears nothing of it. */
export function OtherButton({ button }: { button: DrawnButton }) {
  if (button.type === "COPY_CODE" || button.type === "OTP") return <CopyButton code={button.id} />;
  if (button.phone) return <LinkButton icon="phone" url={`tel:${button.phone}`} text={button.text} />;
  return <LinkButton icon="link" url={button.url} text={button.text} />;
}

function CopyButton({ code }: { code: string }) {
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard?.writeText(code);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  }
  return (
    <button type="button" onClick={() => void copy()}>
      <Icon name={copied ? "check" : "copy"} size={17} /> {copied ? w.body.copied : w.body.copyCode}
    </button>
  );
}

export function LinkButton({
  icon,
  url,
  text,
}: {
  icon: IconName;
  url: string | undefined;
  text: string | undefined;
}) {
  return (
    <a href={url} target="_blank" rel="noreferrer">
      <Icon name={icon} size={17} /> {text}
    </a>
  );
}
