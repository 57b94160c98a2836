import { THEMES, theme } from "../theme";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { chooseLanguage, LANGUAGES, languageNames } from "../words/languages";
import { language, w } from "./words";

export function AppearanceMenu() {
  return (
    <Menu className="round" label={w.appearance} trigger={<Icon name="sun" size={19} />}>
      <p class="menu-title">{w.theme}</p>
      {THEMES.map((one) => (
        <MenuItem key={one} isChosen={theme.value === one} onChoose={() => (theme.value = one)}>
          {w.themes[one]}
          {theme.value === one && <Icon name="check" size={16} />}
        </MenuItem>
      ))}
      <p class="menu-title">{w.language}</p>
      {LANGUAGES.map((one) => (
        <MenuItem key={one} isChosen={language === one} onChoose={() => chooseLanguage(one)}>
          <span lang={one}>{languageNames[one]}</span>
          {language === one && <Icon name="check" size={16} />}
        </MenuItem>
      ))}
    </Menu>
  );
}
