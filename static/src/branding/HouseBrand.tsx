import { useMedia } from "../message/useMedia";
import { tenant } from "../tenant";
import { Brand } from "../ui/Brand";
import { logoPath } from "./branding";

/** The house's own logo where it has one, else ours. */
export function HouseBrand() {
  const { address } = useMedia(logoPath.value);
  if (!logoPath.value || !address) return <Brand />;
  return (
    <span class="brand">
      <img class="brand-logo" src={address} alt={tenant.value?.name ?? ""} height="30" />
    </span>
  );
}
