import { signOut } from "../account/account";
import { attempt } from "../notices";
import { may, session } from "../session";
import { THEMES, theme } from "../theme";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { w } from "../words";
import { AlertItems } from "./AlertItems";
import { LanguageItems } from "./LanguageItems";

export function AccountMenu() {
  const { user, tenant } = session.value ?? {};
  if (!user || !tenant) return null;
  return (
    <Menu label={w.account.menu} className="account-button" trigger={<Avatar name={user.name} small />}>
      <div class="menu-person">
        <strong>{user.name}</strong>
        <span>{user.email}</span>
        <span>
          {w.account.roles[user.role]} · {tenant.name}
        </span>
      </div>
      <p class="menu-title">{w.header.theme}</p>
      {THEMES.map((one) => (
        <MenuItem
          key={one}
          isChosen={theme.value === one}
          onChoose={() => {
            theme.value = one;
          }}
        >
          {w.header.themes[one]}
          {theme.value === one && <Icon name="check" size={16} />}
        </MenuItem>
      ))}
      <LanguageItems />
      <hr />
      {may("conversations.work") && <AlertItems />}
      <MenuItem onChoose={() => attempt(signOut)}>{w.account.signOut}</MenuItem>
    </Menu>
  );
}
