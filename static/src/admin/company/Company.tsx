import { changeTenant, type TenantDetails } from "../../tenant";
import { Field } from "../../ui/Field";
import { w } from "../../words";
import { useDraft } from "../draft";
import { PageHead } from "../ui/PageHead";
import { Panel } from "../ui/Panel";
import { Pasted } from "../ui/Pasted";
import { SaveBar } from "../ui/SaveBar";
import { TenantPage } from "../ui/TenantPage";
import { HouseLanguage } from "./HouseLanguage";

const MAX_NAME = 120;

function CompanyForm({ tenant }: { tenant: TenantDetails }) {
  const stored = { name: tenant.name, locale: tenant.locale };
  const draft = useDraft("company", stored, ({ name, locale }) =>
    changeTenant({ name: name.trim(), locale }),
  );
  const { name, locale } = draft.value;
  return (
    <>
      <Panel title={w.admin.company.identity} hint={w.admin.company.identityHint}>
        <Field label={w.account.company}>
          {(control) => (
            <input
              {...control}
              class="input"
              maxLength={MAX_NAME}
              value={name}
              onInput={(event) => draft.change({ name: event.currentTarget.value })}
            />
          )}
        </Field>
        <Pasted label={w.account.slug} hint={w.admin.company.slugHint} text={tenant.slug} />
      </Panel>
      <HouseLanguage locale={locale} onChange={(chosen) => draft.change({ locale: chosen })} />
      <SaveBar draft={draft} cannot={name.trim() ? null : w.admin.company.nameMissing} />
    </>
  );
}

export function Company() {
  return (
    <>
      <PageHead title={w.admin.pages.empresa} lead={w.admin.company.lead} />
      <TenantPage>{(tenant) => <CompanyForm tenant={tenant} />}</TenantPage>
    </>
  );
}
