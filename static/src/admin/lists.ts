import type { ChangedCatalog } from "../api/schema";
import { keptList } from "../lists";
import { onHeard } from "../live/heard";
import { adminApi } from "./api";

export const members = keptList(adminApi.members);
export const integrations = keptList(adminApi.integrations);
export const webhooks = keptList(adminApi.webhooks);
export const apiKeys = keptList(adminApi.apiKeys);

const catalog: Partial<Record<ChangedCatalog["noun"], { refresh: () => Promise<void> }>> = {
  integrations,
  webhooks,
  api_keys: apiKeys,
};

// From the first page of these on: what a colleague changes is seen by whoever comes back to it, too.
onHeard(([name, payload]) => {
  if (name === "user:updated") void members.refresh();
  if (name === "catalog:updated") void catalog[payload.noun]?.refresh();
});
