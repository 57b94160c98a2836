import { href, route } from "../route";
import { may, session } from "../session";
import { Brand } from "../ui/Brand";
import { Icon, type IconName } from "../ui/Icon";
import { w } from "../words";
import { AccountMenu } from "./AccountMenu";
import { ConnectionBadge } from "./ConnectionBadge";
import { StatusMenu } from "./StatusMenu";

function Place({ to, icon, text, isHere }: { to: string; icon: IconName; text: string; isHere: boolean }) {
  return (
    <a class="place" href={to} aria-current={isHere ? "page" : undefined}>
      <Icon name={icon} />
      <span>{text}</span>
    </a>
  );
}

export function Header() {
  const here = route.value.name;
  return (
    <header class="header">
      <Brand />
      <span class="header-tenant">{session.value?.tenant.name}</span>
      <nav class="places" aria-label={w.header.navigation}>
        <Place to={href.inbox} icon="chat" text={w.header.conversations} isHere={here === "inbox"} />
        {may("channels.edit") && (
          <Place to={href.channels} icon="channel" text={w.header.channels} isHere={here === "channels"} />
        )}
      </nav>
      <ConnectionBadge />
      <StatusMenu />
      <AccountMenu />
    </header>
  );
}
