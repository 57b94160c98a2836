import { Field } from "../../ui/Field";
import { w } from "../../words";
import { LANGUAGES, languageNames, languageOf } from "../../words/languages";
import { Panel } from "../ui/Panel";

interface Props {
  /** "pt-BR", "es-MX". */
  locale: string;
  onChange: (locale: string) => void;
}

/** For whoever has chosen none on this device. */
export function HouseLanguage({ locale, onChange }: Props) {
  const spoken = languageOf(locale);
  return (
    <Panel title={w.admin.company.language} hint={w.admin.company.languageHint}>
      <Field label={w.header.language} hint={w.admin.company.fromNext}>
        {(control) => (
          <select
            {...control}
            class="input"
            value={spoken ?? locale}
            onChange={(event) => onChange(event.currentTarget.value)}
          >
            {!spoken && <option value={locale}>{locale}</option>}
            {LANGUAGES.map((one) => (
              <option key={one} value={one} lang={one}>
                {languageNames[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
    </Panel>
  );
}
