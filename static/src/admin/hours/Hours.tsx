import { type BusinessHours, changeTenant, type TenantDetails } from "../../tenant";
import { w } from "../../words";
import { type Draft, useDraft } from "../draft";
import { Options } from "../ui/Options";
import { PageHead } from "../ui/PageHead";
import { Panel } from "../ui/Panel";
import { SaveBar } from "../ui/SaveBar";
import { TenantPage } from "../ui/TenantPage";
import { Holidays } from "./Holidays";
import { TimeZone } from "./TimeZone";
import { Week } from "./Week";
import { hasProblem, PRESETS } from "./week";

interface Decided {
  timeZone: string;
  hours: BusinessHours | null;
}

const begun = (): BusinessHours => ({ weekly: structuredClone(PRESETS.office), holidays: [] });

function Opening({ draft }: { draft: Draft<Decided> }) {
  const { hours } = draft.value;
  const change = (part: Partial<BusinessHours>) => hours && draft.change({ hours: { ...hours, ...part } });
  return (
    <>
      <Panel title={w.admin.hours.when} hint={w.admin.hours.whenHint}>
        <Options
          legend={w.admin.hours.when}
          value={hours ? "set" : "always"}
          options={[
            { value: "always", ...w.admin.hours.ways.always },
            { value: "set", ...w.admin.hours.ways.set },
          ]}
          onChange={(way) => draft.change({ hours: way === "set" ? begun() : null })}
        />
      </Panel>
      {hours && (
        <>
          <Week weekly={hours.weekly} onChange={(weekly) => change({ weekly })} />
          <Holidays holidays={hours.holidays} onChange={(holidays) => change({ holidays })} />
        </>
      )}
    </>
  );
}

function HoursForm({ tenant }: { tenant: TenantDetails }) {
  const stored: Decided = { timeZone: tenant.timeZone, hours: tenant.settings.hours };
  const draft = useDraft("hours", stored, ({ timeZone, hours }) =>
    changeTenant({ timeZone, settings: { hours } }),
  );
  const { hours } = draft.value;
  return (
    <>
      <Opening draft={draft} />
      <TimeZone zone={draft.value.timeZone} onChange={(timeZone) => draft.change({ timeZone })} />
      <SaveBar draft={draft} cannot={hours && hasProblem(hours) ? w.admin.hours.mendFirst : null} />
    </>
  );
}

export function Hours() {
  return (
    <>
      <PageHead title={w.admin.pages.horarios} lead={w.admin.hours.lead} />
      <TenantPage>{(tenant) => <HoursForm tenant={tenant} />}</TenantPage>
    </>
  );
}
