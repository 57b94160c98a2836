import type { Resolution } from "../api/schema";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import type { Id } from "../wire";
import { w } from "../words";
import { close } from "./acts";
import { askAbout } from "./dialogs";

export const RESOLUTIONS: readonly Resolution[] = ["RESOLVED", "UNRESOLVED", "ABANDONED"];

/** Beside the button that closes: with what outcome. */
export function CloseMenu({ conversationId }: { conversationId: Id }) {
  return (
    <Menu
      label={w.desk.closing.menu}
      className="button close-menu"
      trigger={<Icon name="chevron" size={14} />}
    >
      <p class="menu-title">{w.desk.closing.menu}</p>
      {RESOLUTIONS.map((resolution) => (
        <MenuItem key={resolution} onChoose={() => close(conversationId, { resolution })}>
          {w.desk.closing.outcomes[resolution]}
        </MenuItem>
      ))}
      <hr />
      <MenuItem onChoose={() => askAbout(conversationId, "close")}>
        <Icon name="note" size={16} /> {w.desk.closing.withNotes}
      </MenuItem>
    </Menu>
  );
}
