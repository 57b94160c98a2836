import { Icon } from "../../ui/Icon";
import { OwnWords } from "../../ui/OwnWords";
import type { ChannelCheck } from "../../wire";
import { said, w } from "../../words";
import { failureOf, standingOf } from "../../words/explain";

/** What the server says is Portuguese; in another language a check has a name only. */
const titleOf = ({ name, title }: ChannelCheck) => (!said && title) || (w.channels.checkNames[name] ?? name);

function Advice({ check }: { check: ChannelCheck }) {
  const { cause, nextStep } = (check.code ? failureOf(check.code) : standingOf(check.name)) ?? check;
  return (
    <>
      {cause && (
        <p>
          {cause} <OwnWords text={check.detail} />
        </p>
      )}
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
