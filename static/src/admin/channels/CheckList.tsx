import { Icon } from "../../ui/Icon";
import type { ChannelCheck } from "../../wire";
import { w } from "../../words";

export function CheckList({ checks }: { checks: readonly ChannelCheck[] }) {
  return (
    <ul class="checks" aria-label={w.channels.checks}>
      {checks.map((check) => (
        <li key={check.name} class={check.ok ? "check check-good" : "check check-bad"}>
          <Icon name={check.ok ? "check" : "alert"} size={17} />
          <strong>{check.title || (w.channels.checkNames[check.name] ?? check.name)}</strong>
          <span class="visually-hidden">{check.ok ? w.channels.checkOk : w.channels.checkFailed}</span>
          {!check.ok && check.cause && <p>{check.cause}</p>}
          {!check.ok && check.nextStep && (
            <p>
              <strong>{w.message.nextStep}</strong> {check.nextStep}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
