import { ALERTS, alerts, turnAlert } from "../live/alerts";
import { attempt } from "../notices";
import { Icon } from "../ui/Icon";
import { MenuItem } from "../ui/Menu";
import { w } from "../words";

/** How one is told of new messages. The browser is asked for leave only by this click. */
export function AlertItems() {
  return (
    <>
      <p class="menu-title">{w.desk.alerts.title}</p>
      {ALERTS.map((alert) => (
        <MenuItem key={alert} isOn={alerts.value.has(alert)} onChoose={() => attempt(() => turnAlert(alert))}>
          {w.desk.alerts[alert]}
          {alerts.value.has(alert) && <Icon name="check" size={16} />}
        </MenuItem>
      ))}
      <hr />
    </>
  );
}
