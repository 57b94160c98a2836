import { useEffect } from "preact/hooks";
import { channels, people, tags, teams } from "../lists";
import { may } from "../session";
import { Field } from "../ui/Field";
import { PRIORITIES } from "../ui/PriorityMark";
import type { Priority } from "../wire";
import { w } from "../words";
import { type FilterName, type Filters, filters } from "./filters";
import { searchAgain } from "./search";
import { chooseFilters } from "./tabs";

type Listed = Exclude<FilterName, "unread">;

interface Option {
  id: string;
  name: string;
}

/** What may be chosen of each, read when the panel is first opened. */
export const options = (name: Listed): readonly Option[] =>
  ({
    channelId: channels.rows.value,
    teamId: teams.rows.value,
    assignedToId: people.rows.value,
    tagId: tags.rows.value,
    priority: PRIORITIES.map((priority: Priority) => ({ id: priority, name: w.priority[priority] })),
  })[name];

const LISTED: readonly Listed[] = ["channelId", "teamId", "assignedToId", "tagId", "priority"];

export function loadOptions(): void {
  if (may("channels.read")) void channels.load();
  for (const list of [teams, people, tags]) void list.load();
}

function narrow(change: Partial<Filters>): void {
  chooseFilters(change);
  searchAgain();
}

function FilterField({ name }: { name: Listed }) {
  const offered = options(name);
  if (offered.length === 0) return null;
  return (
    <Field label={w.filters.names[name]}>
      {(control) => (
        <select
          {...control}
          class="input"
          value={filters.value[name] ?? ""}
          onChange={(event) => narrow({ [name]: event.currentTarget.value || undefined })}
        >
          <option value="">{w.filters.any}</option>
          {offered.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function FilterPanel() {
  useEffect(loadOptions, []);
  return (
    <fieldset class="filters">
      <legend class="visually-hidden">{w.filters.title}</legend>
      {LISTED.map((name) => (
        <FilterField key={name} name={name} />
      ))}
      <label class="check-line">
        <input
          type="checkbox"
          checked={filters.value.unread ?? false}
          onChange={(event) => narrow({ unread: event.currentTarget.checked || undefined })}
        />
        {w.filters.names.unread}
      </label>
    </fieldset>
  );
}
