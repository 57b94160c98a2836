import { changeTenant, type TenantDetails, type TenantSettings } from "../../tenant";
import { w } from "../../words";
import { type Draft, useDraft } from "../draft";
import { Options } from "../ui/Options";
import { PageHead } from "../ui/PageHead";
import { Panel } from "../ui/Panel";
import { SaveBar } from "../ui/SaveBar";
import { Switch } from "../ui/Switch";
import { TenantPage } from "../ui/TenantPage";
import { Distribution } from "./Distribution";
import { IdleClosing } from "./IdleClosing";
import { Replies } from "./Replies";

export type Rules = Pick<
  TenantSettings,
  "routing" | "replies" | "agentVisibility" | "claimOnAnswer" | "closeIdleAfter"
>;

function FirstAnswer({ draft }: { draft: Draft<Rules> }) {
  return (
    <Panel title={w.admin.routing.firstAnswer} hint={w.admin.routing.firstAnswerHint}>
      <Switch
        label={w.admin.routing.firstAnswerSwitch}
        isOn={draft.value.claimOnAnswer}
        onChange={(claimOnAnswer) => draft.change({ claimOnAnswer })}
      />
    </Panel>
  );
}

function Visibility({ draft }: { draft: Draft<Rules> }) {
  return (
    <Panel title={w.admin.routing.visibility} hint={w.admin.routing.visibilityHint}>
      <Options
        legend={w.admin.routing.visibility}
        value={draft.value.agentVisibility}
        options={[
          { value: "ALL", ...w.admin.routing.sees.ALL },
          { value: "OWN", ...w.admin.routing.sees.OWN },
        ]}
        onChange={(agentVisibility) => draft.change({ agentVisibility })}
      />
    </Panel>
  );
}

/** A text that was emptied is one that is not sent. */
const told = (replies: Rules["replies"]): Rules["replies"] => ({
  greeting: replies.greeting?.trim() || null,
  away: replies.away?.trim() || null,
  survey: replies.survey?.trim() || null,
});

function RulesForm({ tenant }: { tenant: TenantDetails }) {
  const { routing, replies, agentVisibility, claimOnAnswer, closeIdleAfter } = tenant.settings;
  const stored: Rules = { routing, replies, agentVisibility, claimOnAnswer, closeIdleAfter };
  const draft = useDraft("rules", stored, (rules) =>
    changeTenant({ settings: { ...rules, replies: told(rules.replies) } }),
  );
  return (
    <>
      <Distribution
        routing={draft.value.routing}
        onChange={(part) => draft.change({ routing: { ...draft.value.routing, ...part } })}
      />
      <FirstAnswer draft={draft} />
      <Visibility draft={draft} />
      <Replies
        replies={draft.value.replies}
        hasHours={tenant.settings.hours !== null}
        onChange={(part) => draft.change({ replies: { ...draft.value.replies, ...part } })}
      />
      <IdleClosing
        minutes={draft.value.closeIdleAfter}
        onChange={(minutes) => draft.change({ closeIdleAfter: minutes })}
      />
      <SaveBar draft={draft} />
    </>
  );
}

export function Routing() {
  return (
    <>
      <PageHead title={w.admin.pages.atendimento} lead={w.admin.routing.lead} />
      <TenantPage>{(tenant) => <RulesForm tenant={tenant} />}</TenantPage>
    </>
  );
}
