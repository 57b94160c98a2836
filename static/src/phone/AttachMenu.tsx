import { useRef } from "preact/hooks";
import { Icon, type IconName } from "../ui/Icon";
import { sendCard, sendFile, sendLocation, sendSample } from "./actions";

const DOCUMENTS = ".pdf,.txt,.doc,.docx,.xls,.xlsx,.ppt,.pptx";
const PICTURES = "image/jpeg,image/png";

interface Choice {
  icon: IconName;
  label: string;
  colour: string;
  act: () => void;
}

export function AttachMenu({ onDone }: { onDone: () => void }) {
  const picture = useRef<HTMLInputElement>(null);
  const paper = useRef<HTMLInputElement>(null);
  const choices: Choice[] = [
    { icon: "document", label: "Documento", colour: "violet", act: () => paper.current?.click() },
    { icon: "image", label: "Foto", colour: "blue", act: () => picture.current?.click() },
    { icon: "sun", label: "Foto de exemplo", colour: "orange", act: () => done(sendSample("image")) },
    { icon: "play", label: "Voz de exemplo", colour: "red", act: () => done(sendSample("audio")) },
    { icon: "pin", label: "Localização", colour: "green", act: () => done(sendLocation()) },
    {
      icon: "user",
      label: "Contato",
      colour: "teal",
      act: () => done(sendCard("Ana Lima", "+55 11 98888-7777")),
    },
  ];
  function done(sending: Promise<unknown>) {
    void sending;
    onDone();
  }
  function pick(kind: "image" | "document", input: HTMLInputElement) {
    const file = input.files?.[0];
    if (file) done(sendFile(kind, file));
  }
  return (
    <div class="attach">
      {choices.map((choice) => (
        <button type="button" key={choice.label} onClick={choice.act}>
          <span class={`attach-icon ${choice.colour}`}>
            <Icon name={choice.icon} size={24} />
          </span>
          {choice.label}
        </button>
      ))}
      <input
        ref={picture}
        type="file"
        hidden
        accept={PICTURES}
        onChange={(event) => pick("image", event.currentTarget)}
      />
      <input
        ref={paper}
        type="file"
        hidden
        accept={DOCUMENTS}
        onChange={(event) => pick("document", event.currentTarget)}
      />
    </div>
  );
}
