import { useState } from "preact/hooks";
import { attempt } from "../notices";
import { may } from "../session";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { w } from "../words";
import { SaveView } from "./SaveView";
import { removeView, showView, type View, views } from "./views";

function ViewLine({ view }: { view: View }) {
  const mayRemove = !view.shared || may("catalog.edit");
  return (
    <div class="view-line">
      <MenuItem onChoose={() => showView(view)}>
        <span class="view-name">{view.name}</span>
      </MenuItem>
      {mayRemove && (
        <button
          type="button"
          role="menuitem"
          tabIndex={-1}
          class="icon-button"
          aria-label={w.desk.views.remove(view.name)}
          title={w.desk.views.remove(view.name)}
          onClick={() => attempt(() => removeView(view.id))}
        >
          <Icon name="cross" size={14} />
        </button>
      )}
    </div>
  );
}

function Section({ title, rows }: { title: string; rows: readonly View[] }) {
  if (rows.length === 0) return null;
  return (
    <>
      <p class="menu-title">{title}</p>
      {rows.map((view) => (
        <ViewLine key={view.id} view={view} />
      ))}
    </>
  );
}

/** Beside the tabs: those one has made oneself. */
export function ViewsMenu() {
  const [isSaving, setSaving] = useState(false);
  const all = views.rows.value;
  return (
    <>
      <Menu
        label={w.desk.views.title}
        className="icon-button views-button"
        trigger={<Icon name="star" size={17} />}
        onOpen={() => void views.reload()}
      >
        <Section title={w.desk.views.own} rows={all.filter((view) => !view.shared)} />
        <Section title={w.desk.views.shared} rows={all.filter((view) => view.shared)} />
        {all.length === 0 && <p class="menu-note">{w.desk.views.none}</p>}
        <hr />
        <MenuItem onChoose={() => setSaving(true)}>
          <Icon name="plus" size={16} /> {w.desk.views.save}
        </MenuItem>
      </Menu>
      {isSaving && <SaveView onClose={() => setSaving(false)} />}
    </>
  );
}
