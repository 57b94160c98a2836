import { useRef, useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import type { Id } from "../wire";
import { w } from "../words";
import { OFFERED } from "./attachment";
import { ButtonsBuilder } from "./ButtonsBuilder";
import { FilePicker } from "./FilePicker";
import { ListBuilder } from "./ListBuilder";
import { LocationDialog } from "./LocationDialog";
import { NoteDialog } from "./NoteDialog";
import { TemplatePicker } from "./TemplatePicker";

const dialogs = {
  buttons: ButtonsBuilder,
  list: ListBuilder,
  template: TemplatePicker,
  location: LocationDialog,
  note: NoteDialog,
};
const icons = {
  buttons: "buttons",
  list: "list",
  template: "template",
  location: "pin",
  note: "note",
} as const;
type Kind = keyof typeof dialogs;
const kinds = Object.keys(dialogs) as Kind[];
const nameOf = (kind: Kind) => (kind === "location" ? w.composing.location.name : w.composer[kind]);

const hasTouch = () => window.matchMedia("(pointer: coarse)").matches;

interface Props {
  conversationId: Id;
  onFiles: (files: readonly File[]) => void;
}

export function ComposerMenu({ conversationId, onFiles }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<Kind | null>(null);
  const Open = kind && dialogs[kind];
  return (
    <>
      <button
        type="button"
        class="icon-button"
        aria-label={w.composer.attach}
        title={w.composer.attach}
        onClick={() => picker.current?.click()}
      >
        <Icon name="clip" size={20} />
      </button>
      <FilePicker picker={picker} label={w.composer.attach} accept={OFFERED} onFiles={onFiles} />
      <FilePicker
        picker={camera}
        label={w.composing.files.camera}
        accept="image/*"
        isCamera
        onFiles={onFiles}
      />
      <Menu label={w.composer.interactive} trigger={<Icon name="plus" size={20} />} align="start" upwards>
        {hasTouch() && (
          <MenuItem onChoose={() => camera.current?.click()}>
            <Icon name="camera" size={16} /> {w.composing.files.camera}
          </MenuItem>
        )}
        {kinds.map((one) => (
          <MenuItem key={one} onChoose={() => setKind(one)}>
            <Icon name={icons[one]} size={16} /> {nameOf(one)}
          </MenuItem>
        ))}
      </Menu>
      {Open && <Open conversationId={conversationId} onClose={() => setKind(null)} />}
    </>
  );
}
