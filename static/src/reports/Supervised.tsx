import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { may } from "../session";
import { hasTenantFailed, loadTenant, tenant } from "../tenant";
import { EmptyState } from "../ui/EmptyState";
import { w } from "../words";

/** A page for those who run the house, by the house's own clock: `children` is given its time zone. */
export function Supervised({ children }: { children: (zone: string) => ComponentChildren }) {
  useEffect(() => {
    if (!tenant.value) void loadTenant();
  }, []);
  if (!may("reports.read")) return <EmptyState icon="shield" title={w.supervisor.onlyForThem} />;
  if (tenant.value) return <>{children(tenant.value.timeZone)}</>;
  if (!hasTenantFailed.value) return <p class="visually-hidden">{w.loading}</p>;
  return (
    <EmptyState icon="alert" title={w.supervisor.reports.failed}>
      <button type="button" class="button" onClick={() => void loadTenant()}>
        {w.tryAgain}
      </button>
    </EmptyState>
  );
}
