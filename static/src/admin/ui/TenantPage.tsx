import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { hasTenantFailed, loadTenant, type TenantDetails, tenant } from "../../tenant";
import { Failed, Loading } from "./Listed";

/** A page about the house's settings, once they are read. */
export function TenantPage({ children }: { children: (tenant: TenantDetails) => ComponentChildren }) {
  useEffect(() => void loadTenant(), []);
  if (tenant.value) return <>{children(tenant.value)}</>;
  return hasTenantFailed.value ? <Failed onRetry={loadTenant} /> : <Loading />;
}
