import { href } from "../route";
import { Icon } from "../ui/Icon";
import { w } from "../words";
import { noteNavigation } from "./arrival";
import { groupsOfMine, type PageName } from "./pages";

/** `isChosen`: someone asked for the page, it is not just the first there is. */
export function SettingsNav({ current, isChosen }: { current: PageName; isChosen: boolean }) {
  return (
    <nav class="settings-nav" aria-label={w.admin.title}>
      {groupsOfMine().map(({ name, pages }) => (
        <section key={name}>
          <h2>{w.admin.groups[name]}</h2>
          <ul>
            {pages.map((page) => (
              <li key={page.name}>
                <a
                  href={href.settings(page.name)}
                  data-first={!isChosen || undefined}
                  aria-current={page.name === current ? "page" : undefined}
                  onClick={noteNavigation}
                >
                  <Icon name={page.icon} size={17} />
                  {w.admin.pages[page.name]}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
