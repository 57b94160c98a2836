import { assign } from "../thread/acts";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import type { Conversation } from "../wire";
import { w } from "../words";
import { agents } from "./board";
import { Dot } from "./Dot";

/** The agents a waiting conversation can be given to: those with room first. */
export function AssignMenu({ conversation, name }: { conversation: Conversation; name: string }) {
  const says = w.supervisor.board;
  return (
    <Menu
      label={says.assignOf(name)}
      className="button"
      trigger={
        <>
          {says.assign}
          <Icon name="chevron" size={14} />
        </>
      }
    >
      {agents.value.map((agent) => (
        <MenuItem key={agent.id} onChoose={() => assign(conversation.id, agent.id)}>
          <Avatar name={agent.name} small />
          <span class="assign-name">{agent.name}</span>
          <span class="assign-load">
            {agent.load}/{agent.capacity}
          </span>
          <Dot standing={agent.standing} />
        </MenuItem>
      ))}
      {agents.value.length === 0 && <p class="menu-note">{says.noAgents}</p>}
    </Menu>
  );
}
