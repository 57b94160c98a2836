import { Avatar } from "../ui/Avatar";
import type { Id } from "../wire";
import { w } from "../words";
import { viewersOf } from "./viewers";

const SHOWN = 3;
const firstName = (name: string) => name.split(" ")[0] ?? name;

/** The colleagues who are looking at the same conversation. */
export function Viewers({ conversationId }: { conversationId: Id }) {
  const here = viewersOf(conversationId);
  const said = here.length > 0 ? w.desk.viewing(here.map((one) => firstName(one.userName))) : "";
  return (
    <span class="viewers" role="status" title={said}>
      {here.slice(0, SHOWN).map((one) => (
        <Avatar key={one.userId} name={one.userName} small />
      ))}
      <span class="viewers-text">{said}</span>
    </span>
  );
}
