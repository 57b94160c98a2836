import { attempt } from "../notices";
import { PresenceDot } from "../presence/PresenceDot";
import { choosePresence, myPresence } from "../presence/presence";
import { may } from "../session";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { w } from "../words";

const CHOICES = ["ONLINE", "AWAY"] as const;

/** Whether new conversations come to me. Only to be here or away can be chosen: gone is who closes the console. */
export function StatusMenu() {
  const mine = myPresence.value;
  if (!may("conversations.work")) return null;
  return (
    <Menu
      label={`${w.presence.mine}: ${w.presence[mine]}`}
      className="status-button"
      trigger={
        <>
          <PresenceDot presence={mine} />
          <span class="status-word" aria-hidden="true">
            {w.presence[mine]}
          </span>
          <Icon name="chevron" size={14} />
        </>
      }
    >
      <p class="menu-title">{w.presence.mine}</p>
      {CHOICES.map((one) => (
        <MenuItem
          key={one}
          isChosen={mine === one}
          onChoose={() => attempt(() => choosePresence(one === "AWAY"))}
        >
          <PresenceDot presence={one} />
          <span class="menu-two-lines">
            {w.presence[one]}
            <small>{w.presence.means[one]}</small>
          </span>
          {mine === one && <Icon name="check" size={16} />}
        </MenuItem>
      ))}
    </Menu>
  );
}
