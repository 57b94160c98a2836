import { me } from "../session";
import { Avatar } from "../ui/Avatar";
import type { Person } from "../wire";
import { w } from "../words";
import { PresenceDot } from "./PresenceDot";
import { presenceOf } from "./presence";

/** Someone a conversation may be given to: whether they are there, and how much they have. */
export function Colleague({ person }: { person: Person }) {
  const { id, name, conversationsCount } = person;
  return (
    <span class="colleague">
      <span class="colleague-face">
        <Avatar name={name} small />
        <PresenceDot presence={presenceOf(id)} />
      </span>
      <span class="colleague-name">{id === me.value?.id ? w.presence.me(name) : name}</span>
      <span class="colleague-load" title={w.presence.load(conversationsCount)}>
        <span aria-hidden="true">{conversationsCount}</span>
        <span class="visually-hidden">{w.presence.load(conversationsCount)}</span>
      </span>
    </span>
  );
}
