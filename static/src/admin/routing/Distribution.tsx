import type { TenantSettings } from "../../tenant";
import { Field } from "../../ui/Field";
import { w } from "../../words";
import { Options } from "../ui/Options";
import { Panel } from "../ui/Panel";
import { Switch } from "../ui/Switch";

type RoutingRules = TenantSettings["routing"];

interface Props {
  routing: RoutingRules;
  onChange: (part: Partial<RoutingRules>) => void;
}

const WAYS = ["MANUAL", "LEAST_BUSY", "ROUND_ROBIN"] as const;

export function Distribution({ routing, onChange }: Props) {
  const isManual = routing.distribution === "MANUAL";
  return (
    <Panel title={w.admin.routing.distribution} hint={w.admin.routing.distributionHint}>
      <Options
        legend={w.admin.routing.distribution}
        value={routing.distribution}
        options={WAYS.map((value) => ({ value, ...w.admin.routing.ways[value] }))}
        onChange={(distribution) => onChange({ distribution })}
      />
      {!isManual && (
        <div class="settings-panel-more">
          <Field label={w.admin.routing.capacity} hint={w.admin.routing.capacityHint}>
            {(control) => (
              <input
                {...control}
                class="input input-short"
                type="number"
                min={1}
                max={500}
                value={routing.capacity}
                onInput={({ currentTarget: { valueAsNumber } }) =>
                  valueAsNumber > 0 && onChange({ capacity: Math.min(500, Math.round(valueAsNumber)) })
                }
              />
            )}
          </Field>
          <Switch
            label={w.admin.routing.sticky}
            hint={w.admin.routing.stickyHint}
            isOn={routing.sticky}
            onChange={(sticky) => onChange({ sticky })}
          />
        </div>
      )}
    </Panel>
  );
}
