import { call } from "../api/call";
import type { Id, Role } from "../wire";
import type {
  AuditQuery,
  ChannelChange,
  DeliveriesQuery,
  IntegrationChange,
  Member,
  MemberChange,
  NewApiKey,
  NewCannedResponse,
  NewChannel,
  NewIntegration,
  NewMember,
  NewTag,
  NewTeam,
  NewWebhook,
  WebhookChange,
} from "./wire";

const MEMBERS_A_PAGE = 100;

/** Everyone, with those who were deactivated. */
async function members(): Promise<Member[]> {
  const page = (number: number) => call("GET /api/users", { query: { page: number, limit: MEMBERS_A_PAGE } });
  const first = await page(1);
  const others = Array.from({ length: Math.max(0, first.pagination.pages - 1) }, (_, place) =>
    page(place + 2),
  );
  return [first, ...(await Promise.all(others))].flatMap(({ data }) => data);
}

export const adminApi = {
  members,
  createMember: (body: NewMember) => call("POST /api/users", { body }),
  changeMember: (id: Id, body: MemberChange) => call("PATCH /api/users/{id}", { id, body }),

  createTeam: (body: NewTeam) => call("POST /api/teams", { body }),
  changeTeam: (id: Id, body: NewTeam) => call("PATCH /api/teams/{id}", { id, body }),
  removeTeam: (id: Id) => call("DELETE /api/teams/{id}", { id }),

  createTag: (body: NewTag) => call("POST /api/tags", { body }),
  changeTag: (id: Id, body: NewTag) => call("PATCH /api/tags/{id}", { id, body }),
  removeTag: (id: Id) => call("DELETE /api/tags/{id}", { id }),

  createCanned: (body: NewCannedResponse) => call("POST /api/canned-responses", { body }),
  changeCanned: (id: Id, body: NewCannedResponse) => call("PATCH /api/canned-responses/{id}", { id, body }),
  removeCanned: (id: Id) => call("DELETE /api/canned-responses/{id}", { id }),

  syncTemplates: () => call("POST /api/templates/sync"),

  integrations: () => call("GET /api/integrations").then(({ data }) => data),
  connectIntegration: (body: NewIntegration) => call("POST /api/integrations", { body }),
  changeIntegration: (id: Id, body: IntegrationChange) => call("PATCH /api/integrations/{id}", { id, body }),
  removeIntegration: (id: Id) => call("DELETE /api/integrations/{id}", { id }),
  checkIntegration: (id: Id) => call("POST /api/integrations/{id}/check", { id }),

  connectChannel: (body: NewChannel) => call("POST /api/channels", { body }),
  connectSandbox: (name: string) => call("POST /api/channels/sandbox", { body: { name } }),
  changeChannel: (id: Id, body: ChannelChange) => call("PATCH /api/channels/{id}", { id, body }),
  removeChannel: (id: Id) => call("DELETE /api/channels/{id}", { id }),
  checkChannel: (id: Id) => call("POST /api/channels/{id}/check", { id }).then(({ checks }) => checks),

  apiKeys: () => call("GET /api/api-keys").then(({ data }) => data),
  createApiKey: (body: NewApiKey) => call("POST /api/api-keys", { body }),
  revokeApiKey: (id: Id) => call("DELETE /api/api-keys/{id}", { id }),

  webhooks: () => call("GET /api/webhooks").then(({ data }) => data),
  createWebhook: (body: NewWebhook) => call("POST /api/webhooks", { body }),
  changeWebhook: (id: Id, body: WebhookChange) => call("PATCH /api/webhooks/{id}", { id, body }),
  removeWebhook: (id: Id) => call("DELETE /api/webhooks/{id}", { id }),
  rotateWebhookSecret: (id: Id) => call("POST /api/webhooks/{id}/rotate-secret", { id }),
  testWebhook: (id: Id) => call("POST /api/webhooks/{id}/test", { id }),
  deliveries: (id: Id, query: DeliveriesQuery) => call("GET /api/webhooks/{id}/deliveries", { id, query }),
  replay: (id: Id, deliveryId: Id) =>
    call("POST /api/webhooks/{id}/deliveries/{deliveryId}/replay", { id, deliveryId }),

  deadLetters: (cursor?: string) => call("GET /api/dead-letters", { query: { cursor } }),
  deadLetter: (id: Id) => call("GET /api/dead-letters/{id}", { id }),
  replayDeadLetter: (id: Id) => call("POST /api/dead-letters/{id}/replay", { id }),
  removeDeadLetter: (id: Id) => call("DELETE /api/dead-letters/{id}", { id }),

  audit: (query: AuditQuery) => call("GET /api/audit", { query }),
  health: () => call("GET /health"),
};

export const ROLES: readonly Role[] = ["ADMIN", "SUPERVISOR", "AGENT", "VIEWER"];
