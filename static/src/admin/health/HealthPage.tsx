import { useEffect, useState } from "preact/hooks";
import { alarms, readAlarms, saidOf } from "../../alarms/alarms";
import { channels } from "../../lists";
import { href } from "../../route";
import { clockTime, dateAndTime } from "../../time";
import { Icon } from "../../ui/Icon";
import type { Alarm, Channel } from "../../wire";
import { w } from "../../words";
import { useAct } from "../act";
import { adminApi } from "../api";
import { ChannelState, numberOf } from "../channels/ChannelCard";
import { ChannelReason } from "../channels/ChannelReason";
import { Failed, Listed, Loading } from "../ui/Listed";
import { PageHead } from "../ui/PageHead";
import { Panel } from "../ui/Panel";
import type { Health } from "../wire";

const ASK_EVERY_MS = 15_000;

function Standing({ alarm }: { alarm: Alarm }) {
  const { title, cause, nextStep } = saidOf(alarm);
  return (
    <li class={`standing standing-${alarm.severity}`}>
      <Icon name="alert" />
      <div class="cell-lines">
        <strong>{title}</strong>
        <span>{cause}</span>
        <span>
          <strong>{w.alarms.nextStep}</strong> {nextStep}
        </span>
        <span class="cell-sub">{w.alarms.since(dateAndTime(alarm.since))}</span>
      </div>
    </li>
  );
}

function Alarms() {
  const standing = alarms.value;
  return (
    <Panel title={w.admin.health.alarms} hint={standing.length > 0 ? w.admin.health.alarmsHint : undefined}>
      {standing.length === 0 && (
        <p class="all-well">
          <Icon name="check" />
          {w.admin.health.noAlarms}
        </p>
      )}
      {standing.length > 0 && (
        <ul>
          {standing.map((alarm) => (
            <Standing key={alarm.id} alarm={alarm} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Numbers() {
  const row = (channel: Channel) => (
    <li key={channel.id} class="health-row">
      <span class="cell-lines">
        <strong>{channel.name}</strong>
        <span class="cell-sub">{numberOf(channel)}</span>
      </span>
      <ChannelState status={channel.status} />
      <ChannelReason channel={channel} />
    </li>
  );
  return (
    <Panel
      title={w.admin.pages.canais}
      acts={<a href={href.settings("canais")}>{w.admin.health.toChannels}</a>}
    >
      <Listed list={channels} empty={<p class="nothing">{w.admin.health.noChannels}</p>}>
        <ul class="health-rows">{channels.rows.value.map(row)}</ul>
      </Listed>
    </Panel>
  );
}

function Parts({ health }: { health: Health }) {
  return (
    <ul class="health-rows">
      {Object.entries(health.services).map(([name, state]) => (
        <li key={name} class="health-row">
          <span class="cell-lines">
            <strong>{w.admin.health.parts[name] ?? name}</strong>
            {state === "unhealthy" && <span class="cell-sub">{w.admin.health.partDown[name]}</span>}
          </span>
          <span class={`state ${state === "healthy" ? "state-good" : "state-bad"}`}>
            {w.admin.health.states[state]}
          </span>
        </li>
      ))}
    </ul>
  );
}

function House() {
  const [health, setHealth] = useState<Health | "failed" | null>(null);
  const [, read] = useAct(async () => {
    await adminApi.health().then(setHealth, () => setHealth("failed"));
    await readAlarms();
  });
  useEffect(() => {
    void read();
    const asking = setInterval(() => document.visibilityState === "visible" && void read(), ASK_EVERY_MS);
    return () => clearInterval(asking);
  }, []);
  return (
    <Panel
      title={w.admin.health.house}
      hint={
        health && health !== "failed"
          ? w.admin.health.asOf(clockTime(health.timestamp), health.version)
          : undefined
      }
    >
      {health === null && <Loading />}
      {health === "failed" && <Failed onRetry={read} />}
      {health && health !== "failed" && <Parts health={health} />}
    </Panel>
  );
}

export function HealthPage() {
  return (
    <>
      <PageHead title={w.admin.pages.saude} lead={w.admin.health.lead} />
      <Alarms />
      <Numbers />
      <House />
    </>
  );
}
