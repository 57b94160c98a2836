import { useEffect, useRef } from "preact/hooks";
import { Icon, type IconName } from "../ui/Icon";
import { sendFile, write } from "./actions";
import { useChat } from "./chats";
import { type Sample, samples } from "./samples";
import { w } from "./words";

const CHOICES: [Sample, IconName, colour: string][] = [
  ["image", "image", "blue"],
  ["video", "play", "red"],
  ["audio", "microphone", "orange"],
  ["document", "document", "violet"],
  ["sticker", "smile", "green"],
  ["location", "pin", "green"],
  ["contact", "user", "teal"],
  ["order", "list", "violet"],
  ["referral", "spark", "orange"],
  ["unsupported", "chart", "teal"],
];

interface Props {
  /** What is written in the composer. */
  caption: string;
  onDone: () => void;
  onClose: () => void;
}

/** One message of each kind, ready made; or a file of one's own. */
export function AttachMenu({ caption, onDone, onClose }: Props) {
  const chat = useChat();
  const root = useRef<HTMLDivElement>(null);
  const file = useRef<HTMLInputElement>(null);
  useEffect(() => root.current?.querySelector("button")?.focus(), []);
  function send(kind: Sample) {
    void write(chat, samples[kind](caption));
    onDone();
  }
  function sendPicked(picked: File | undefined) {
    if (!picked) return;
    void sendFile(chat, picked, caption);
    onDone();
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for Esc from the buttons inside it
    <div class="attach" ref={root} onKeyDown={(event) => event.key === "Escape" && onClose()}>
      <Choice icon="clip" label={w.attachments.file} colour="blue" onChoose={() => file.current?.click()} />
      {CHOICES.map(([kind, icon, colour]) => (
        <Choice
          key={kind}
          icon={icon}
          label={w.attachments[kind]}
          colour={colour}
          onChoose={() => send(kind)}
        />
      ))}
      <p>{w.chat.caption}</p>
      <input ref={file} type="file" hidden onChange={(event) => sendPicked(event.currentTarget.files?.[0])} />
    </div>
  );
}

interface ChoiceOf {
  icon: IconName;
  label: string;
  colour: string;
  onChoose: () => void;
}

function Choice({ icon, label, colour, onChoose }: ChoiceOf) {
  return (
    <button type="button" onClick={onChoose}>
      <span class={`attach-icon ${colour}`}>
        <Icon name={icon} size={23} />
      </span>
      {label}
    </button>
  );
}
