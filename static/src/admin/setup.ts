import type { TenantDetails } from "../tenant";
import type { CannedResponse, Channel } from "../wire";
import type { PageName } from "./pages";
import type { Member } from "./wire";

export type StepName = "number" | "people" | "hours" | "responses";

export interface Step {
  name: StepName;
  page: PageName;
  isDone: boolean;
}

interface Known {
  channels: readonly Pick<Channel, "status">[];
  members: readonly Pick<Member, "status">[];
  tenant: Pick<TenantDetails, "settings">;
  cannedResponses: readonly CannedResponse[];
}

/** What a new house has to do before its first customer, in the order in which it makes sense. */
export function stepsOf({ channels, members, tenant, cannedResponses }: Known): Step[] {
  const colleagues = members.filter(({ status }) => status === "ACTIVE").length - 1;
  return [
    { name: "number", page: "canais", isDone: channels.some(({ status }) => status === "CONNECTED") },
    { name: "people", page: "pessoas", isDone: colleagues > 0 },
    { name: "hours", page: "horarios", isDone: tenant.settings.hours !== null },
    { name: "responses", page: "respostas", isDone: cannedResponses.length > 0 },
  ];
}
