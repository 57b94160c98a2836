// What the settings call the shapes that the server describes.
import type { Answer, Body, Query } from "../api/call";
import type {
  ApiKeyOut,
  DeadLetterOut,
  DeliveryOut,
  EntryOut,
  IntegrationOut,
  OpenedOut,
  WebhookOut,
} from "../api/schema";

export type { Action, EventKind, Health, IntegrationKind } from "../api/schema";

export type { Person as Member } from "../wire";
export type NewMember = Body<"POST /api/users">;
export type MemberChange = Body<"PATCH /api/users/{id}">;

export type NewTeam = Body<"POST /api/teams">;
export type NewTag = Body<"POST /api/tags">;
export type NewCannedResponse = Body<"POST /api/canned-responses">;

/** Of the key only its end, to tell it from another. */
export type Integration = IntegrationOut;
export type NewIntegration = Body<"POST /api/integrations">;
export type IntegrationChange = Body<"PATCH /api/integrations/{id}">;
/** `cause` says what is wrong, when something is. */
export type Checked = Answer<"POST /api/integrations/{id}/check">;

export type NewChannel = Body<"POST /api/channels">;
export type ChannelChange = Body<"PATCH /api/channels/{id}">;

export type ApiKey = ApiKeyOut;
export type NewApiKey = Body<"POST /api/api-keys">;

export type AuditEntry = EntryOut;
export type AuditQuery = Query<"GET /api/audit">;

export type Webhook = WebhookOut;
export type NewWebhook = Body<"POST /api/webhooks">;
export type WebhookChange = Body<"PATCH /api/webhooks/{id}">;
/** One attempt. `status` null: there was no answer, and `error` says why. */
export type Delivery = DeliveryOut;
export type DeliveriesQuery = Query<"GET /api/webhooks/{id}/deliveries">;

/** What came from WhatsApp and nobody could apply. */
export type DeadLetter = DeadLetterOut;
/** `cut`: there is more than is shown. */
export type OpenedDeadLetter = OpenedOut;
