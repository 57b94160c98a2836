import { channels, people, teams } from "../lists";
import { go } from "../route";
import { Field } from "../ui/Field";
import type { Id } from "../wire";
import { w } from "../words";
import { type Filters, isNarrowed } from "./filters";
import { hrefReport } from "./href";

interface Props {
  label: string;
  all: string;
  chosen: Id | undefined;
  rows: readonly { id: Id; name: string }[];
  onChoose: (id: Id | undefined) => void;
}

function OneOf({ label, all, chosen, rows, onChoose }: Props) {
  // Someone who has left is in the address and not in the list.
  const isKnown = !chosen || rows.some((row) => row.id === chosen);
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          class="input"
          value={chosen ?? ""}
          onChange={(event) => onChoose(event.currentTarget.value || undefined)}
        >
          <option value="">{all}</option>
          {!isKnown && <option value={chosen}>{w.supervisor.reports.tables.removed}</option>}
          {rows.map((row) => (
            <option key={row.id} value={row.id}>
              {row.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Only one channel, team or agent, or several of these. */
export function Narrowing({ filters }: { filters: Filters }) {
  const says = w.supervisor.reports;
  const change = (change: Partial<Filters>) => go(hrefReport({ ...filters, ...change }));
  const clear = { channelId: undefined, teamId: undefined, agentId: undefined };
  return (
    <>
      <OneOf
        label={says.channel}
        all={says.allChannels}
        chosen={filters.channelId}
        rows={channels.rows.value}
        onChoose={(channelId) => change({ channelId })}
      />
      <OneOf
        label={says.team}
        all={says.allTeams}
        chosen={filters.teamId}
        rows={teams.rows.value}
        onChoose={(teamId) => change({ teamId })}
      />
      <OneOf
        label={says.agent}
        all={says.allAgents}
        chosen={filters.agentId}
        rows={people.rows.value}
        onChoose={(agentId) => change({ agentId })}
      />
      {isNarrowed(filters) && (
        <button type="button" class="link-button" onClick={() => change(clear)}>
          {says.clear}
        </button>
      )}
    </>
  );
}
