import "../styles/admin.css";
import "../styles/admin-table.css";
import "../styles/admin-account.css";
import "../styles/admin-serving.css";
import "../styles/admin-texts.css";
import "../styles/admin-programs.css";
import "../styles/admin-narrow.css";
import { href, route } from "../route";
import { EmptyState } from "../ui/EmptyState";
import { Icon } from "../ui/Icon";
import { w } from "../words";
import { Checklist } from "./Checklist";
import { pageOf } from "./pages";
import { SettingsNav } from "./SettingsNav";

/** Everything that is set up once and looked after now and then. */
export function Settings() {
  const named = route.value.name === "admin" ? route.value.page : null;
  const page = pageOf(named);
  if (!page) return <EmptyState icon="shield" title={w.admin.notAllowed} text={w.admin.notAllowedText} />;
  return (
    <div class={named ? "settings settings-page" : "settings settings-home"}>
      <SettingsNav current={page.name} isChosen={named !== null} />
      <main class="settings-main">
        <a class="settings-back" href={href.settings()}>
          <Icon name="back" size={16} />
          {w.admin.title}
        </a>
        <Checklist />
        <div class="settings-body">
          <page.Page key={page.name} />
        </div>
      </main>
    </div>
  );
}
