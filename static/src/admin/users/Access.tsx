import { session } from "../../session";
import { CopyButton } from "../../ui/CopyButton";
import { Dialog } from "../../ui/Dialog";
import { w } from "../../words";
import { Pasted } from "../ui/Pasted";
import type { Member } from "../wire";

interface Props {
  title: string;
  member: Pick<Member, "name" | "email">;
  password: string;
  onClose: () => void;
}

/** What a person needs to come in, said once: the house sends no e-mail, and the password is kept nowhere. */
export function Access({ title, member, password, onClose }: Props) {
  const address = `${location.origin}/`;
  const { tenant } = session.value ?? {};
  const invitation = w.admin.users.invitation(tenant?.name ?? "", address, member.email, password);
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="form dialog-body">
        <p>{w.admin.users.access(member.name)}</p>
        <div class="access">
          <Pasted label={w.admin.users.address} text={address} />
          <Pasted label={w.account.email} text={member.email} />
          <Pasted label={w.account.password} text={password} />
        </div>
        <div class="access-all">
          <span>{w.admin.users.copyInvitation}</span>
          <CopyButton text={invitation} label={w.admin.users.copyInvitation} />
        </div>
        <div class="form-acts">
          <button type="button" class="button button-main" onClick={onClose}>
            {w.admin.users.handedOver}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
