import type { ComponentType } from "preact";
import { useRef, useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { hasTouch } from "../ui/touch";
import type { Id } from "../wire";
import { w } from "../words";
import { OFFERED } from "./attachment";
import { FilePicker } from "./FilePicker";
import { NoteDialog } from "./NoteDialog";
import { TemplatePicker } from "./TemplatePicker";

type ComposerDialog = ComponentType<{ conversationId: Id; onClose: () => void }>;

/** What is rarely asked for is fetched when it is. */
const dialogs = {
  buttons: () => import("./ButtonsBuilder").then(({ ButtonsBuilder }) => ButtonsBuilder),
  list: () => import("./ListBuilder").then(({ ListBuilder }) => ListBuilder),
  template: async () => TemplatePicker,
  location: () => import("./LocationDialog").then(({ LocationDialog }) => LocationDialog),
  note: async () => NoteDialog,
} satisfies Record<string, () => Promise<ComposerDialog>>;
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

interface Props {
  conversationId: Id;
  onFiles: (files: readonly File[]) => void;
}

export function ComposerMenu({ conversationId, onFiles }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState<{ Asked: ComposerDialog } | null>(null);
  const ask = (kind: Kind) => dialogs[kind]().then((Asked) => setOpen({ Asked }));
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
          <MenuItem key={one} onChoose={() => void ask(one)}>
            <Icon name={icons[one]} size={16} /> {nameOf(one)}
          </MenuItem>
        ))}
      </Menu>
      {open && <open.Asked conversationId={conversationId} onClose={() => setOpen(null)} />}
    </>
  );
}
