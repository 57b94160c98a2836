import { useRef, useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import type { Id } from "../wire";
import { w } from "../words";
import { ButtonsBuilder } from "./ButtonsBuilder";
import { ListBuilder } from "./ListBuilder";
import { NoteDialog } from "./NoteDialog";
import { TemplatePicker } from "./TemplatePicker";

const dialogs = { buttons: ButtonsBuilder, list: ListBuilder, template: TemplatePicker, note: NoteDialog };
const icons = { buttons: "buttons", list: "list", template: "template", note: "note" } as const;
type Kind = keyof typeof dialogs;
const kinds = Object.keys(dialogs) as Kind[];

interface Props {
  conversationId: Id;
  onFile: (file: File) => void;
}

export function ComposerMenu({ conversationId, onFile }: Props) {
  const picker = useRef<HTMLInputElement>(null);
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
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={w.composer.attach}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) onFile(file);
        }}
      />
      <Menu label={w.composer.interactive} trigger={<Icon name="plus" size={20} />} align="start" upwards>
        {kinds.map((one) => (
          <MenuItem key={one} onChoose={() => setKind(one)}>
            <Icon name={icons[one]} size={16} /> {w.composer[one]}
          </MenuItem>
        ))}
      </Menu>
      {Open && <Open conversationId={conversationId} onClose={() => setKind(null)} />}
    </>
  );
}
