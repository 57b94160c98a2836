import { useEffect } from "preact/hooks";
import { changeTenant, type TenantDetails } from "../../tenant";
import { Field } from "../../ui/Field";
import { w } from "../../words";
import { type Draft, useDraft } from "../draft";
import { integrations } from "../lists";
import { PageHead } from "../ui/PageHead";
import { Panel } from "../ui/Panel";
import { SaveBar } from "../ui/SaveBar";
import { Switch } from "../ui/Switch";
import { TenantPage } from "../ui/TenantPage";
import { IntegrationCard } from "./IntegrationCard";
import { KINDS } from "./kinds";

type Rules = TenantDetails["settings"]["assistant"];

const INSTRUCTIONS_LIMIT = 8000;

function Manners({ draft }: { draft: Draft<Rules> }) {
  const { answersCustomers, name, instructions } = draft.value;
  const words = w.admin.assistant;
  return (
    <Panel title={words.manners} hint={words.mannersHint}>
      <Switch
        label={words.answers}
        hint={words.answersHint}
        isOn={answersCustomers}
        onChange={(isOn) => draft.change({ answersCustomers: isOn })}
      />
      <Field label={words.name} hint={words.nameHint}>
        {(control) => (
          <input
            {...control}
            class="input input-medium"
            maxLength={60}
            value={name}
            onInput={(event) => draft.change({ name: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label={words.instructions}
        hint={words.instructionsHint}
        count={w.builder.left(instructions.length, INSTRUCTIONS_LIMIT)}
      >
        {(control) => (
          <textarea
            {...control}
            class="input"
            rows={9}
            maxLength={INSTRUCTIONS_LIMIT}
            placeholder={words.instructionsExample}
            value={instructions}
            onInput={(event) => draft.change({ instructions: event.currentTarget.value })}
          />
        )}
      </Field>
    </Panel>
  );
}

function AssistantForm({ tenant }: { tenant: TenantDetails }) {
  const draft = useDraft("assistant", tenant.settings.assistant, (assistant) =>
    changeTenant({ settings: { assistant: { ...assistant, name: assistant.name.trim() } } }),
  );
  return (
    <>
      <Manners draft={draft} />
      <SaveBar draft={draft} cannot={draft.value.name.trim() ? null : w.admin.assistant.nameMissing} />
    </>
  );
}

export function Assistant() {
  useEffect(() => void integrations.reload(), []);
  return (
    <>
      <PageHead title={w.admin.pages.assistente} lead={w.admin.assistant.lead} />
      <Panel title={w.admin.assistant.integrations} hint={w.admin.assistant.integrationsHint}>
        <ul class="integrations">
          {KINDS.map((kind) => (
            <IntegrationCard
              key={kind}
              kind={kind}
              integration={integrations.rows.value.find((one) => one.kind === kind)}
            />
          ))}
        </ul>
      </Panel>
      <TenantPage>{(tenant) => <AssistantForm tenant={tenant} />}</TenantPage>
    </>
  );
}
