import { Icon } from "../ui/Icon";
import { MenuItem } from "../ui/Menu";
import { language, w } from "../words";
import { chooseLanguage, LANGUAGES, languageNames } from "../words/languages";

export function LanguageItems() {
  return (
    <>
      <p class="menu-title">{w.header.language}</p>
      {LANGUAGES.map((one) => (
        <MenuItem key={one} isChosen={language === one} onChoose={() => chooseLanguage(one)}>
          <span lang={one}>{languageNames[one]}</span>
          {language === one && <Icon name="check" size={16} />}
        </MenuItem>
      ))}
    </>
  );
}
