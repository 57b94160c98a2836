import { useEffect, useState } from "preact/hooks";
import { href } from "../route";
import { rowTime } from "../time";
import { Icon } from "../ui/Icon";
import type { Alarm } from "../wire";
import { w } from "../words";
import { alarms, isGrave, saidOf, watchAlarms } from "./alarms";

const LIST_ID = "alarm-list";

/** One line under the header while something is wrong, for those who can do something about it. */
export function AlarmBanner() {
  useEffect(watchAlarms, []);
  const [isOpen, setOpen] = useState(false);
  const count = alarms.value.length;
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key === "Escape") setOpen(false);
  };
  return (
    <section class="alarms" aria-label={w.alarms.label} onKeyDown={closeOnEscape}>
      {count > 0 && (
        <div class={`alarm-strip alarm-${isGrave.value ? "critical" : "warning"}`}>
          <Icon name="alert" />
          <p class="alarm-line" role="status">
            {isOpen ? <strong>{w.alarms.count(count)}</strong> : <Headline />}
          </p>
          <button
            type="button"
            class="alarm-toggle"
            aria-expanded={isOpen}
            aria-controls={LIST_ID}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? w.alarms.hide : count > 1 ? w.alarms.count(count) : w.alarms.show}
            <Icon name="chevron" size={16} />
          </button>
        </div>
      )}
      {count > 0 && isOpen && (
        <ul class="alarm-list" id={LIST_ID}>
          {alarms.value.map((alarm) => (
            <Details key={alarm.id} alarm={alarm} onLeave={() => setOpen(false)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Headline() {
  const [gravest] = alarms.value;
  if (!gravest) return null;
  const { title, cause } = saidOf(gravest);
  return (
    <>
      <strong>{title}</strong> <span class="alarm-cause">{cause}</span>
    </>
  );
}

function Details({ alarm, onLeave }: { alarm: Alarm; onLeave: () => void }) {
  const { title, cause, nextStep } = saidOf(alarm);
  return (
    <li class={`alarm alarm-${alarm.severity}`}>
      <h2>{title}</h2>
      <time class="alarm-since" dateTime={alarm.since}>
        {w.alarms.since(rowTime(alarm.since))}
      </time>
      <p>{cause}</p>
      <p>
        <strong>{w.alarms.nextStep}</strong> {nextStep}
      </p>
      {alarm.channelId && (
        <a class="alarm-place" href={href.channels} onClick={onLeave}>
          {w.alarms.toChannels}
        </a>
      )}
    </li>
  );
}
