import type { Credentials } from "../api";
import { attempt } from "../notices";
import { Avatar } from "../ui/Avatar";
import { w } from "../words";
import { AccountPage } from "./AccountPage";
import { signIn, type TenantChoice } from "./account";

interface Props {
  tenants: TenantChoice[];
  credentials: Credentials;
  onBack: () => void;
}

export function TenantChooser({ tenants, credentials, onBack }: Props) {
  const choose = (tenantSlug: string) => attempt(() => signIn({ ...credentials, tenantSlug }));
  return (
    <AccountPage title={w.account.chooseTenant} lead={w.account.chooseTenantLead}>
      <ul class="tenants">
        {tenants.map(({ slug, name }) => (
          <li key={slug}>
            <button type="button" class="tenant" onClick={() => choose(slug)}>
              <Avatar name={name} small />
              <span>{name}</span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="button" onClick={onBack}>
        {w.back}
      </button>
    </AccountPage>
  );
}
