import { maySetUp } from "../admin/may";
import { HouseBrand } from "../branding/HouseBrand";
import { href, route } from "../route";
import { may, session } from "../session";
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
      <HouseBrand />
      <span class="header-tenant">{session.value?.tenant.name}</span>
      <nav class="places" aria-label={w.header.navigation}>
        <Place to={href.inbox} icon="chat" text={w.header.conversations} isHere={here === "inbox"} />
        {may("reports.read") && (
          <>
            <Place to={href.board} icon="board" text={w.header.board} isHere={here === "board"} />
            <Place
              to={href.reports}
              icon="chart"
              text={w.header.reports}
              isHere={here === "reports" || here === "behind"}
            />
          </>
        )}
        {maySetUp() && (
          <Place to={href.settings()} icon="settings" text={w.admin.title} isHere={here === "admin"} />
        )}
      </nav>
      <ConnectionBadge />
      <StatusMenu />
      <AccountMenu />
    </header>
  );
}
