import { useState } from "preact/hooks";
import { attempt } from "../../notices";
import { Icon } from "../../ui/Icon";
import { MenuItem } from "../../ui/Menu";
import { w } from "../../words";
import { useAct } from "../act";
import { adminApi } from "../api";
import { integrations } from "../lists";
import { Acts } from "../ui/Acts";
import { Confirm } from "../ui/Confirm";
import { Switch } from "../ui/Switch";
import type { Checked, Integration, IntegrationKind } from "../wire";
import { IntegrationForm } from "./IntegrationForm";

function CheckResult({ checked }: { checked: Checked | null }) {
  return (
    <p class={checked?.ok ? "check-result check-works" : "check-result check-fails"} role="status">
      {checked && (
        <>
          <Icon name={checked.ok ? "check" : "alert"} size={16} />
          {checked.ok ? w.admin.assistant.works : checked.cause}
        </>
      )}
    </p>
  );
}

interface ConnectedProps {
  integration: Integration;
  title: string;
  onEdit: () => void;
}

function Connected({ integration, title, onEdit }: ConnectedProps) {
  const [checked, setChecked] = useState<Checked | null>(null);
  const [isRemoving, setRemoving] = useState(false);
  const [isChecking, check] = useAct(async () => setChecked(await adminApi.checkIntegration(integration.id)));
  const enable = (enabled: boolean) =>
    attempt(async () => {
      await adminApi.changeIntegration(integration.id, { enabled });
      await integrations.reload();
    });
  const remove = async () => {
    await adminApi.removeIntegration(integration.id);
    await integrations.reload();
  };
  const { url, model, app, key, enabled } = integration;
  return (
    <>
      <p class="cell-sub integration-facts">
        {[url, app, model, w.admin.assistant.keyEnds(key)].filter(Boolean).join(" · ")}
      </p>
      <div class="integration-acts">
        <Switch label={w.admin.assistant.inUse} isOn={enabled} onChange={enable} />
        <button type="button" class="button" disabled={isChecking} onClick={check}>
          {isChecking ? w.channels.checking : w.channels.check}
        </button>
        <Acts of={title}>
          <MenuItem onChoose={onEdit}>{w.admin.edit}</MenuItem>
          <MenuItem onChoose={() => setRemoving(true)}>{w.admin.remove}</MenuItem>
        </Acts>
      </div>
      <CheckResult checked={checked} />
      {isRemoving && (
        <Confirm
          title={w.admin.assistant.removeTitle(title)}
          act={w.admin.remove}
          onConfirm={remove}
          onClose={() => setRemoving(false)}
        >
          {w.admin.assistant.removeText}
        </Confirm>
      )}
    </>
  );
}

interface Props {
  kind: IntegrationKind;
  integration: Integration | undefined;
}

export function IntegrationCard({ kind, integration }: Props) {
  const [isEdited, setEdited] = useState(false);
  const { title, text } = w.admin.assistant.kinds[kind];
  return (
    <li class="integration">
      <div class="cell-lines">
        <h3>{title}</h3>
        <p class="field-note">{text}</p>
      </div>
      {integration ? (
        <Connected integration={integration} title={title} onEdit={() => setEdited(true)} />
      ) : (
        <button
          type="button"
          class="button"
          aria-label={`${w.admin.assistant.connect}: ${title}`}
          onClick={() => setEdited(true)}
        >
          {w.admin.assistant.connect}
        </button>
      )}
      {isEdited && <IntegrationForm kind={kind} integration={integration} onClose={() => setEdited(false)} />}
    </li>
  );
}
