import { now } from "../../time";
import { Field } from "../../ui/Field";
import { language, w } from "../../words";
import { Panel } from "../ui/Panel";

const BRAZIL =
  /^America\/(Araguaina|Bahia|Belem|Boa_Vista|Campo_Grande|Cuiaba|Eirunepe|Fortaleza|Maceio|Manaus|Noronha|Porto_Velho|Recife|Rio_Branco|Santarem|Sao_Paulo)$/;

/** The browser's own list, and what the house has even where the browser does not know it. */
function zones(current: string): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return known.includes(current) ? known : [current, ...known];
}

const readable = (zone: string) => zone.replace(/^America\//, "").replaceAll("_", " ");

/** "GMT-3": tells apart what a name alone does not. */
function offsetOf(timeZone: string): string {
  const parts = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: "shortOffset" }).formatToParts();
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

function clockIn(timeZone: string, at: number): string {
  const format = new Intl.DateTimeFormat(language, {
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  });
  return format.format(at);
}

export function TimeZone({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const all = zones(zone);
  const options = (wanted: (name: string) => boolean) =>
    all.filter(wanted).map((name) => (
      <option key={name} value={name}>
        {readable(name)}
      </option>
    ));
  return (
    <Panel title={w.admin.hours.zone} hint={w.admin.hours.zoneHint}>
      <Field
        label={w.admin.hours.zone}
        hint={w.admin.hours.nowThere(clockIn(zone, now.value), offsetOf(zone))}
      >
        {(control) => (
          <select
            {...control}
            class="input"
            value={zone}
            onChange={(event) => onChange(event.currentTarget.value)}
          >
            <optgroup label={w.admin.hours.brazil}>{options((name) => BRAZIL.test(name))}</optgroup>
            <optgroup label={w.admin.hours.world}>{options((name) => !BRAZIL.test(name))}</optgroup>
          </select>
        )}
      </Field>
    </Panel>
  );
}
