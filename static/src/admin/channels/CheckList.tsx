import { Icon } from "../../ui/Icon";
import type { ChannelCheck } from "../../wire";
import { said, w } from "../../words";
import type { AlarmKind } from "../../words/said";

/** What the server says is Portuguese; in another language a check has a name only. */
const titleOf = ({ name, title }: ChannelCheck) => (!said && title) || (w.channels.checkNames[name] ?? name);

const isAlarm = (name: string): name is AlarmKind => name in (said?.alarms ?? {});

function Advice({ check }: { check: ChannelCheck }) {
  const { cause, nextStep } = (isAlarm(check.name) && said?.alarms[check.name]) || check;
  return (
    <>
      {cause && <p>{cause}</p>}
      {nextStep && (
        <p>
          <strong>{w.message.nextStep}</strong> {nextStep}
        </p>
      )}
    </>
  );
}

export function CheckList({ checks }: { checks: readonly ChannelCheck[] }) {
  return (
    <ul class="checks" aria-label={w.channels.checks}>
      {checks.map((check) => (
        <li key={check.name} class={check.ok ? "check check-good" : "check check-bad"}>
          <Icon name={check.ok ? "check" : "alert"} size={17} />
          <strong>{titleOf(check)}</strong>
          <span class="visually-hidden">{check.ok ? w.channels.checkOk : w.channels.checkFailed}</span>
          {!check.ok && <Advice check={check} />}
        </li>
      ))}
    </ul>
  );
}
