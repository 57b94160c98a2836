import { people, tags } from "../lists";
import { Colleague } from "../presence/Colleague";
import { colleagues } from "../presence/colleagues";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { PRIORITIES } from "../ui/PriorityMark";
import { TagChip } from "../ui/TagChip";
import type { Conversation } from "../wire";
import { w } from "../words";
import { chosenRows, clearChoice } from "./choice";
import { assignAll, closeAll, markAllRead, progress, setPriorityOfAll, tagAll } from "./together";

type Rows = readonly Conversation[];

function AssignMenu({ rows }: { rows: Rows }) {
  return (
    <Menu
      label={w.desk.choice.assign}
      trigger={<Icon name="user" size={17} />}
      onOpen={() => void people.reload()}
    >
      <p class="menu-title">{w.desk.choice.assign}</p>
      {colleagues().map((person) => (
        <MenuItem key={person.id} onChoose={() => void assignAll(rows, person.id)}>
          <Colleague person={person} />
        </MenuItem>
      ))}
    </Menu>
  );
}

function TagMenu({ rows }: { rows: Rows }) {
  return (
    <Menu label={w.desk.choice.tag} trigger={<Icon name="tag" size={17} />} onOpen={() => void tags.load()}>
      <p class="menu-title">{w.desk.choice.tag}</p>
      {tags.rows.value.map((tag) => (
        <MenuItem key={tag.id} onChoose={() => void tagAll(rows, tag)}>
          <TagChip tag={tag} />
        </MenuItem>
      ))}
      {tags.rows.value.length === 0 && <p class="menu-note">{w.card.noTags}</p>}
    </Menu>
  );
}

function PriorityMenu({ rows }: { rows: Rows }) {
  return (
    <Menu label={w.desk.choice.priority} trigger={<Icon name="priority" size={17} />}>
      <p class="menu-title">{w.priority.label}</p>
      {PRIORITIES.map((priority) => (
        <MenuItem key={priority} onChoose={() => void setPriorityOfAll(rows, priority)}>
          {w.priority[priority]}
        </MenuItem>
      ))}
    </Menu>
  );
}

interface ButtonProps {
  label: string;
  icon: "check" | "eye" | "cross";
  onClick: () => void;
}

function BarButton({ label, icon, onClick }: ButtonProps) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} size={17} />
    </button>
  );
}

function Acts({ rows }: { rows: Rows }) {
  return (
    <>
      <AssignMenu rows={rows} />
      <TagMenu rows={rows} />
      <PriorityMenu rows={rows} />
      <BarButton label={w.desk.choice.read} icon="eye" onClick={() => void markAllRead(rows)} />
      <BarButton label={w.desk.choice.close} icon="check" onClick={() => void closeAll(rows)} />
    </>
  );
}

/** What can be done with the chosen conversations at once. */
export function ChoiceBar() {
  const rows = chosenRows.value;
  const underWay = progress.value;
  if (rows.length === 0 && !underWay) return null;
  return (
    <div class="choice-bar" role="toolbar" aria-label={w.desk.choice.bar}>
      <strong role="status">
        {underWay ? w.desk.choice.working(underWay.done, underWay.total) : w.desk.choice.chosen(rows.length)}
      </strong>
      {!underWay && <Acts rows={rows} />}
      <BarButton label={w.desk.choice.clear} icon="cross" onClick={clearChoice} />
    </div>
  );
}
