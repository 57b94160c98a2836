// Made by `npm run types` of the server's own description. Not to be edited.
// 301228a03bd166fd337fce8c3ac73a56090448d02e4a753c6a50cae0e09fe08f

export type Role = "ADMIN" | "SUPERVISOR" | "AGENT" | "VIEWER";
export type UserStatus = "ACTIVE" | "INACTIVE";
export type Permission =
  | "conversations.read"
  | "conversations.work"
  | "conversations.read_all"
  | "contacts.read"
  | "contacts.edit"
  | "contacts.delete"
  | "catalog.read"
  | "catalog.edit"
  | "reports.read"
  | "agents.edit"
  | "users.edit"
  | "channels.read"
  | "channels.edit"
  | "tenant.edit"
  | "alarms.read"
  | "audit.read";
export type TenantKind = "HOTEL" | "ISP" | "OTHER";
export type TenantStatus = "ACTIVE" | "SUSPENDED";
export type Visibility = "ALL" | "OWN";
export type Priority = "LOW" | "MEDIUM" | "HIGH" | "URGENT";
export type Resolution = "RESOLVED" | "UNRESOLVED" | "ABANDONED";
export type ConversationStatus = "OPEN" | "IN_PROGRESS" | "WAITING" | "CLOSED";
export type Direction = "INBOUND" | "OUTBOUND" | "INTERNAL";
export type Server_Desk_Messages_Models__Kind =
  | "TEXT"
  | "IMAGE"
  | "VIDEO"
  | "AUDIO"
  | "DOCUMENT"
  | "STICKER"
  | "LOCATION"
  | "CONTACTS"
  | "REACTION"
  | "TEMPLATE"
  | "INTERACTIVE"
  | "ORDER"
  | "SYSTEM"
  | "UNSUPPORTED"
  | "NOTE";
export type Status = "SENT" | "DELIVERED" | "READ" | "FAILED";
export type Reason =
  | "CLAIMED"
  | "ANSWERED"
  | "GIVEN"
  | "TRANSFERRED"
  | "STICKY"
  | "LEAST_BUSY"
  | "ROUND_ROBIN";
export type ActorKind = "USER" | "API_KEY" | "HOUSE";
export type Automatic = "GREETING" | "AWAY" | "ASSISTANT" | "SURVEY";
export type Server_Desk_Periods__Period = "7d" | "30d" | "90d" | "1y";
export type Standing = "AVAILABLE" | "BUSY" | "AWAY" | "OFFLINE";
export type ChannelType = "WHATSAPP_CLOUD";
export type ChannelStatus = "PENDING" | "CONNECTED" | "PARKED" | "DISCONNECTED";
export type Server_Desk_Alarms__Kind =
  | "parked"
  | "token"
  | "number"
  | "subscription"
  | "webhook"
  | "secrets"
  | "unreachable"
  | "statuses"
  | "signatures"
  | "unsigned"
  | "outbox"
  | "journal"
  | "subscriber"
  | "worker"
  | "unheard"
  | "redis"
  | "deaf";
export type Severity = "warning" | "critical";
export type IntegrationKind = "GEMINI" | "OPENAI_COMPATIBLE" | "SGP";
export type Action =
  | "session.opened"
  | "session.refused"
  | "session.closed"
  | "user.created"
  | "user.changed"
  | "team.created"
  | "team.changed"
  | "team.removed"
  | "tag.created"
  | "tag.changed"
  | "tag.removed"
  | "canned_response.created"
  | "canned_response.changed"
  | "canned_response.removed"
  | "channel.connected"
  | "channel.changed"
  | "channel.removed"
  | "templates.synced"
  | "tenant.changed"
  | "integration.connected"
  | "integration.changed"
  | "integration.removed"
  | "api_key.created"
  | "api_key.revoked"
  | "webhook.created"
  | "webhook.changed"
  | "webhook.removed"
  | "webhook.disabled"
  | "dead_letter.replayed"
  | "dead_letter.removed"
  | "contact.removed"
  | "contact.merged"
  | "conversations.exported";
export type EventKind =
  | "conversation.opened"
  | "conversation.changed"
  | "message.added"
  | "message.status_changed"
  | "message.changed"
  | "contact.changed"
  | "channel.changed"
  | "template.changed"
  | "catalog.changed"
  | "user.changed"
  | "tenant.changed";
export type Occasion = "EVENT" | "REPLAY" | "TEST";
export type Cause = "unreadable" | "foreign_number" | "unknown_field";
export type Presence = "ONLINE" | "AWAY" | "OFFLINE";

export interface Wire {
  Routes: Routes;
  Error: Error;
  DurableEvents: DurableEvents;
  BriefEvents: BriefEvents;
}
export interface Routes {
  "POST /auth/register": {
    body: RegisterIn;
    answer: SignedInOut;
  };
  "POST /auth/login": {
    body: LoginIn;
    answer: SignedInOut;
  };
  "POST /auth/refresh": {
    body: RefreshIn;
    answer: SignedInOut;
  };
  "POST /auth/logout": {
    body: LogoutIn;
    answer: undefined;
  };
  "GET /auth/me": {
    answer: MeOut;
  };
  "POST /auth/change-password": {
    body: ChangePasswordIn;
    answer: undefined;
  };
  "GET /api/conversations": {
    query: {
      priority?: Priority;
      assignedToId?: string;
      channelId?: string;
      teamId?: string;
      tagId?: string;
      contactId?: string;
      resolution?: Resolution;
      createdFrom?: string;
      createdTo?: string;
      createdHour?: number;
      closedFrom?: string;
      closedTo?: string;
      ratedFrom?: string;
      ratedTo?: string;
      inQueue?: boolean;
      search?: string;
      unread?: boolean;
      answered?: boolean;
      rated?: boolean;
      page?: number;
      limit?: number;
      status?: string;
      cursor?: string;
    };
    answer: ConversationPage;
  };
  "POST /api/conversations": {
    body: Opening;
    answer: ConversationOut;
  };
  "GET /api/conversations/stats": {
    answer: ConversationStats;
  };
  "GET /api/conversations/counts": {
    query: {
      priority?: Priority;
      assignedToId?: string;
      channelId?: string;
      teamId?: string;
      tagId?: string;
      contactId?: string;
      resolution?: Resolution;
      createdFrom?: string;
      createdTo?: string;
      createdHour?: number;
      closedFrom?: string;
      closedTo?: string;
      ratedFrom?: string;
      ratedTo?: string;
      inQueue?: boolean;
      search?: string;
      unread?: boolean;
      answered?: boolean;
      rated?: boolean;
    };
    answer: Shares;
  };
  "GET /api/conversations/{id}": {
    answer: ConversationDetails;
  };
  "PATCH /api/conversations/{id}": {
    body: ConversationPatch;
    answer: ConversationOut;
  };
  "POST /api/conversations/{id}/assign": {
    body: Assignment;
    answer: ConversationOut;
  };
  "POST /api/conversations/{id}/claim": {
    answer: ConversationOut;
  };
  "POST /api/conversations/{id}/transfer": {
    body: Transfer;
    answer: ConversationOut;
  };
  "POST /api/conversations/{id}/close": {
    body: Closing;
    answer: ConversationOut;
  };
  "POST /api/conversations/{id}/reopen": {
    body: Reopening;
    answer: ConversationOut;
  };
  "POST /api/conversations/{id}/snooze": {
    body: Snooze;
    answer: ConversationOut;
  };
  "DELETE /api/conversations/{id}/snooze": {
    answer: ConversationOut;
  };
  "POST /api/conversations/{id}/notes": {
    body: Note;
    answer: MessageOut;
  };
  "POST /api/conversations/{id}/read": {
    answer: undefined;
  };
  "GET /api/conversations/{conversationId}/stats": {
    answer: MessageNumbers;
  };
  "GET /api/conversations/{conversationId}/messages": {
    query: {
      limit?: number;
      before?: string;
      after?: string;
    };
    answer: MessageSlice;
  };
  "POST /api/messages": {
    body: MessageIn;
    answer: MessageOut;
  };
  "POST /api/conversations/{id}/messages": {
    body: MessageHereIn;
    answer: MessageOut;
  };
  "POST /api/messages/template": {
    body: TemplateIn;
    answer: MessageOut;
  };
  "POST /api/messages/buttons": {
    body: ButtonsIn;
    answer: MessageOut;
  };
  "POST /api/messages/list": {
    body: ListIn;
    answer: MessageOut;
  };
  "POST /api/messages/{id}/read": {
    answer: undefined;
  };
  "POST /api/messages/{id}/retry": {
    answer: MessageOut;
  };
  "POST /api/messages/{id}/discard": {
    answer: MessageOut;
  };
  "GET /api/messages/{id}/timeline": {
    answer: Timeline;
  };
  "GET /api/messages/search": {
    query: {
      query: string;
      conversationId?: string;
      limit?: number;
    };
    answer: Hits;
  };
  "GET /api/messages/{id}": {
    answer: MessageOut;
  };
  "GET /api/contacts": {
    query: {
      page?: number;
      limit?: number;
      search?: string;
    };
    answer: ContactPage;
  };
  "POST /api/contacts": {
    body: ContactIn;
    answer: ContactOut;
  };
  "GET /api/contacts/stats": {
    answer: ContactStats;
  };
  "GET /api/contacts/phone/{number}": {
    answer: ContactOut;
  };
  "GET /api/contacts/{id}": {
    answer: ContactOut;
  };
  "PATCH /api/contacts/{id}": {
    body: ContactPatch;
    answer: ContactOut;
  };
  "DELETE /api/contacts/{id}": {
    answer: undefined;
  };
  "POST /api/contacts/{id}/merge": {
    body: MergeIn;
    answer: ContactOut;
  };
  "GET /api/reports/overview": {
    query: {
      period?: "7d" | "30d" | "90d" | "1y";
    };
    answer: OverviewReport;
  };
  "GET /api/reports/attendants": {
    query: {
      period?: "7d" | "30d" | "90d" | "1y";
    };
    answer: AttendantsReport;
  };
  "GET /api/reports/hourly": {
    query: {
      period?: "7d" | "30d" | "90d" | "1y";
    };
    answer: HourlyReport;
  };
  "GET /api/reports/figures": {
    query: {
      period?: "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      channelId?: string;
      teamId?: string;
      agentId?: string;
    };
    answer: FiguresReport;
  };
  "GET /api/reports/latency": {
    query: {
      period?: "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      channelId?: string;
    };
    answer: LatencyReport;
  };
  "GET /api/reports/conversations.csv": {
    query: {
      period?: "7d" | "30d" | "90d" | "1y";
      from?: string;
      to?: string;
      channelId?: string;
      teamId?: string;
      agentId?: string;
    };
    answer: undefined;
  };
  "GET /api/dashboard": {
    answer: DashboardOut;
  };
  "POST /api/media": {
    answer: Server_Dialects_Native_Media__MediaOut;
  };
  "POST /api/media/upload": {
    answer: Server_Dialects_Native_Media__MediaOut;
  };
  "GET /api/media/{id}": {
    answer: undefined;
  };
  "GET /api/channels": {
    answer: Channels;
  };
  "POST /api/channels": {
    body: ChannelIn;
    answer: ChannelOut;
  };
  "POST /api/channels/sandbox": {
    body: SandboxIn;
    answer: ChannelOut;
  };
  "GET /api/channels/{id}": {
    answer: ChannelOut;
  };
  "PATCH /api/channels/{id}": {
    body: ChannelPatch;
    answer: ChannelOut;
  };
  "DELETE /api/channels/{id}": {
    answer: undefined;
  };
  "POST /api/channels/{id}/check": {
    answer: Server_Dialects_Native_Channels__Checked;
  };
  "GET /api/alarms": {
    answer: Alarms;
  };
  "GET /api/integrations": {
    answer: Integrations;
  };
  "POST /api/integrations": {
    body: IntegrationIn;
    answer: IntegrationOut;
  };
  "GET /api/integrations/{id}": {
    answer: IntegrationOut;
  };
  "PATCH /api/integrations/{id}": {
    body: IntegrationPatch;
    answer: IntegrationOut;
  };
  "DELETE /api/integrations/{id}": {
    answer: undefined;
  };
  "POST /api/integrations/{id}/check": {
    answer: Server_Dialects_Native_Integrations__Checked;
  };
  "GET /api/audit": {
    query: {
      from?: string;
      to?: string;
      actorId?: string;
      action?: Action;
      noun?: string;
      cursor?: string;
      limit?: number;
    };
    answer: Entries;
  };
  "GET /api/api-keys": {
    answer: ApiKeys;
  };
  "POST /api/api-keys": {
    body: ApiKeyIn;
    answer: NewApiKeyOut;
  };
  "DELETE /api/api-keys/{id}": {
    answer: undefined;
  };
  "GET /api/webhooks": {
    answer: Webhooks;
  };
  "POST /api/webhooks": {
    body: WebhookIn;
    answer: WebhookOut;
  };
  "GET /api/webhooks/{id}": {
    answer: WebhookOut;
  };
  "PATCH /api/webhooks/{id}": {
    body: WebhookPatch;
    answer: WebhookOut;
  };
  "DELETE /api/webhooks/{id}": {
    answer: undefined;
  };
  "POST /api/webhooks/{id}/rotate-secret": {
    answer: WebhookOut;
  };
  "POST /api/webhooks/{id}/test": {
    answer: DeliveryOut;
  };
  "GET /api/webhooks/{id}/deliveries": {
    query: {
      ok?: boolean;
      cursor?: string;
      limit?: number;
    };
    answer: Deliveries;
  };
  "POST /api/webhooks/{id}/deliveries/{deliveryId}/replay": {
    answer: DeliveryOut;
  };
  "GET /api/dead-letters": {
    query: {
      cursor?: string;
      limit?: number;
    };
    answer: DeadLetters;
  };
  "GET /api/dead-letters/{id}": {
    answer: OpenedOut;
  };
  "DELETE /api/dead-letters/{id}": {
    answer: undefined;
  };
  "POST /api/dead-letters/{id}/replay": {
    answer: undefined;
  };
  "GET /api/templates": {
    query: {
      channelId?: string;
      status?: string;
      language?: string;
    };
    answer: Templates;
  };
  "POST /api/templates/sync": {
    query: {
      channelId?: string;
      status?: string;
      language?: string;
    };
    answer: Synced;
  };
  "GET /webhooks/whatsapp": {
    query: {
      "hub.mode": string;
      "hub.verify_token": string;
      "hub.challenge": string;
    };
    answer: undefined;
  };
  "POST /webhooks/whatsapp": {
    answer: undefined;
  };
  "GET /webhooks/whatsapp/{tenantSlug}": {
    query: {
      "hub.mode": string;
      "hub.verify_token": string;
      "hub.challenge": string;
    };
    answer: undefined;
  };
  "POST /webhooks/whatsapp/{tenantSlug}": {
    answer: undefined;
  };
  "GET /api/tenant": {
    answer: TenantOut;
  };
  "PATCH /api/tenant": {
    body: TenantPatch;
    answer: TenantOut;
  };
  "GET /api/users": {
    query: {
      page?: number;
      limit?: number;
      status?: UserStatus;
      role?: Role;
    };
    answer: Users;
  };
  "POST /api/users": {
    body: UserIn;
    answer: UserOut;
  };
  "GET /api/users/{id}": {
    answer: UserOut;
  };
  "PATCH /api/users/{id}": {
    body: UserPatch;
    answer: UserOut;
  };
  "DELETE /api/users/{id}": {
    answer: undefined;
  };
  "GET /api/teams": {
    answer: Teams;
  };
  "POST /api/teams": {
    body: TeamIn;
    answer: TeamOut;
  };
  "GET /api/teams/{id}": {
    answer: TeamOut;
  };
  "PATCH /api/teams/{id}": {
    body: TeamPatch;
    answer: TeamOut;
  };
  "DELETE /api/teams/{id}": {
    answer: undefined;
  };
  "GET /api/tags": {
    answer: Tags;
  };
  "POST /api/tags": {
    body: TagIn;
    answer: TagOut;
  };
  "PATCH /api/tags/{id}": {
    body: TagPatch;
    answer: TagOut;
  };
  "DELETE /api/tags/{id}": {
    answer: undefined;
  };
  "GET /api/canned-responses": {
    answer: CannedResponses;
  };
  "POST /api/canned-responses": {
    body: CannedResponseIn;
    answer: CannedResponseOut;
  };
  "GET /api/canned-responses/{id}": {
    answer: CannedResponseOut;
  };
  "PATCH /api/canned-responses/{id}": {
    body: CannedResponsePatch;
    answer: CannedResponseOut;
  };
  "DELETE /api/canned-responses/{id}": {
    answer: undefined;
  };
  "GET /api/events": {
    query: {
      after?: number;
      limit?: number;
    };
    answer: Events;
  };
  "GET /api/presence": {
    answer: Presences;
  };
  "POST /api/presence": {
    body: PresenceIn;
    answer: PresenceOut;
  };
  "GET /api/queue": {
    answer: QueueOut;
  };
  "GET /api/views": {
    answer: Views;
  };
  "POST /api/views": {
    body: ViewIn;
    answer: ViewOut;
  };
  "DELETE /api/views/{id}": {
    answer: undefined;
  };
  "GET /health": {
    answer: Health;
  };
  "GET /ready": {
    answer: Readiness;
  };
  "GET /metrics": {
    answer: undefined;
  };
}
export interface RegisterIn {
  tenantName: string;
  tenantSlug: string;
  userName: string;
  email: string;
  password: string;
  kind?: "HOTEL" | "ISP" | "OTHER";
}
export interface SignedInOut {
  user: SignedInUser;
  token: string;
  accessToken: string;
  refreshToken: string;
  tenant: SignedInTenant;
}
export interface SignedInUser {
  id: string;
  email: string;
  name: string;
  role: Role;
  status: UserStatus;
  avatarUrl: string | null;
  tenantId: string;
  permissions: Permission[];
}
export interface SignedInTenant {
  id: string;
  slug: string;
  name: string;
}
export interface LoginIn {
  email: string;
  password: string;
  tenantSlug?: string | null;
}
export interface RefreshIn {
  refreshToken: string;
}
export interface LogoutIn {
  refreshToken?: string | null;
}
export interface MeOut {
  id: string;
  email: string;
  name: string;
  role: Role;
  status: UserStatus;
  avatarUrl: string | null;
  tenantId: string;
  permissions: Permission[];
  user: SignedInUser;
  tenant: TenantOut;
}
export interface TenantOut {
  id: string;
  slug: string;
  name: string;
  kind: TenantKind;
  locale: string;
  timeZone: string;
  status: TenantStatus;
  settings: SettingsOut;
  createdAt: string;
}
export interface SettingsOut {
  agentVisibility: Visibility;
  hours: BusinessHours | null;
  routing: RoutingSettings;
  replies: AutomaticReplies;
  claimOnAnswer: boolean;
  closeIdleAfter: number | null;
  assistant: AssistantOut;
  branding: BrandingOut;
}
export interface BusinessHours {
  weekly: {
    /**
     * @maxItems 10
     */
    [k: string]: Tenants_Settings__Period[];
  };
  /**
   * @maxItems 200
   */
  holidays?: Holiday[];
}
export interface Tenants_Settings__Period {
  opens: string;
  closes: string;
}
export interface Holiday {
  date: string;
  name?: string;
  /**
   * @maxItems 10
   */
  periods?: Tenants_Settings__Period[];
}
export interface RoutingSettings {
  distribution?: "MANUAL" | "LEAST_BUSY" | "ROUND_ROBIN";
  sticky?: boolean;
  capacity?: number;
}
export interface AutomaticReplies {
  greeting?: string | null;
  away?: string | null;
  survey?: string | null;
}
export interface AssistantOut {
  answersCustomers: boolean;
  name: string;
  instructions: string;
}
export interface BrandingOut {
  color: string | null;
  logoMediaId: string | null;
}
export interface ChangePasswordIn {
  oldPassword: string;
  newPassword: string;
}
export interface ConversationPage {
  data: ConversationRow[];
  pagination: Pagination;
  nextCursor: string | null;
}
export interface ConversationRow {
  id: string;
  number: number;
  tenantId: string;
  contactId: string;
  contact: ContactBrief;
  channelId: string;
  status: ConversationStatus;
  priority: Priority;
  assignedToId: string | null;
  assignedTo: AssigneeOut | null;
  teamId: string | null;
  tags: TagBrief[];
  lastMessageAt: string;
  closedAt: string | null;
  lastMessage: LastMessageOut | null;
  unreadCount: number;
  windowExpiresAt: string | null;
  snoozedUntil: string | null;
  withAssistant: boolean;
  escalatedAt: string | null;
  escalationReason: string | null;
  createdAt: string;
  updatedAt: string;
}
export interface ContactBrief {
  id: string;
  phoneNumber: string | null;
  name: string | null;
  profilePictureUrl: string | null;
}
export interface AssigneeOut {
  id: string;
  name: string;
  email: string;
}
export interface TagBrief {
  id: string;
  name: string;
  color: string;
}
export interface LastMessageOut {
  id: string;
  content: string;
  direction: Direction;
  type: Server_Desk_Messages_Models__Kind;
  status: Status;
  timestamp: string;
}
export interface Pagination {
  page: number;
  limit: number;
  total: number;
  pages: number;
  totalPages: number;
}
export interface Opening {
  contactId: string;
  channelId: string;
}
export interface ConversationOut {
  id: string;
  number: number;
  tenantId: string;
  contactId: string;
  contact: ContactInConversation;
  channelId: string;
  status: ConversationStatus;
  priority: Priority;
  assignedToId: string | null;
  assignedTo: AssigneeOut | null;
  teamId: string | null;
  tags: TagBrief[];
  lastMessageAt: string;
  closedAt: string | null;
  lastMessage: LastMessageOut | null;
  unreadCount: number;
  windowExpiresAt: string | null;
  snoozedUntil: string | null;
  withAssistant: boolean;
  escalatedAt: string | null;
  escalationReason: string | null;
  createdAt: string;
  updatedAt: string;
}
export interface ContactInConversation {
  id: string;
  phoneNumber: string | null;
  name: string | null;
  profilePictureUrl: string | null;
  email: string | null;
  createdAt: string | null;
}
export interface ConversationStats {
  total: number;
  open: number;
  inProgress: number;
  waiting: number;
  closed: number;
  resolved: number;
  unassigned: number;
  mine: number;
  unreadMessages: number;
  avgResponseTime: number | null;
  byStatus: {
    [k: string]: number;
  };
  byPriority: {
    [k: string]: number;
  };
  lastUpdated: string;
}
export interface Shares {
  mine: Share;
  unassigned: Share;
  all: Share;
  waiting: Share;
  closed: Share;
}
export interface Share {
  conversations: number;
  unreadMessages: number;
}
export interface ConversationDetails {
  id: string;
  number: number;
  tenantId: string;
  contactId: string;
  contact: ContactInConversation;
  channelId: string;
  status: ConversationStatus;
  priority: Priority;
  assignedToId: string | null;
  assignedTo: AssigneeOut | null;
  teamId: string | null;
  tags: TagBrief[];
  lastMessageAt: string;
  closedAt: string | null;
  lastMessage: LastMessageOut | null;
  unreadCount: number;
  windowExpiresAt: string | null;
  snoozedUntil: string | null;
  withAssistant: boolean;
  escalatedAt: string | null;
  escalationReason: string | null;
  createdAt: string;
  updatedAt: string;
  assignments: AssignmentOut[];
  transfers: TransferOut[];
}
export interface AssignmentOut {
  at: string;
  by: string | null;
  userId: string | null;
  teamId: string | null;
  reason: Reason;
  waitedSeconds: number | null;
}
export interface TransferOut {
  at: string;
  by: string | null;
  toUserId: string | null;
  toTeamId: string | null;
  reason: string | null;
}
export interface ConversationPatch {
  status?: ConversationStatus | null;
  priority?: Priority | null;
  assignedToId?: string | null;
  teamId?: string | null;
  tagIds?: string[] | null;
}
export interface Assignment {
  userId: string;
}
export interface Transfer {
  userId?: string | null;
  teamId?: string | null;
  reason?: string | null;
}
export interface Closing {
  resolution?: Resolution | null;
  notes?: string | null;
}
export interface Reopening {
  asItWas?: boolean;
}
export interface Snooze {
  until: string;
}
export interface Note {
  content: string;
}
export interface MessageOut {
  id: string;
  number: number;
  conversationId: string;
  contactId: string;
  whatsappMessageId: string | null;
  clientMessageId: string | null;
  seq: number;
  direction: Direction;
  type: Server_Desk_Messages_Models__Kind;
  content: string;
  metadata: {
    [k: string]: unknown;
  } | null;
  media: Server_Dialects_Native_SchemasConversations__MediaOut | null;
  status: Status;
  deliveryState: ("QUEUED" | "SENDING" | "ACCEPTED" | "AMBIGUOUS" | "FAILED" | "CANCELLED") | null;
  unconfirmed: boolean;
  error: SendErrorOut | null;
  sentById: string | null;
  sentByName: string | null;
  sentByKind: ActorKind | null;
  automatic: Automatic | null;
  replyToId: string | null;
  reactions: ReactionOut[];
  readAt: string | null;
  editedAt: string | null;
  deletedAt: string | null;
  timestamp: string;
  createdAt: string;
}
export interface Server_Dialects_Native_SchemasConversations__MediaOut {
  id: string | null;
  url: string | null;
  mimeType: string | null;
  filename: string | null;
  size: number | null;
  voice: boolean;
  animated: boolean;
  pending: boolean;
  error: string | null;
}
export interface SendErrorOut {
  code: string;
  title: string;
  cause: string;
  nextStep: string;
  detail: string;
  retryable: boolean;
}
export interface ReactionOut {
  emoji: string;
  by: string;
}
export interface MessageNumbers {
  total: number;
  byDirection: {
    [k: string]: number;
  };
  byStatus: {
    [k: string]: number;
  };
}
export interface MessageSlice {
  data: MessageOut[];
  hasMore: boolean;
  nextCursor: string | null;
}
export interface MessageIn {
  type?:
    | "TEXT"
    | "IMAGE"
    | "VIDEO"
    | "AUDIO"
    | "DOCUMENT"
    | "STICKER"
    | "LOCATION"
    | "CONTACTS"
    | "REACTION"
    | "TEMPLATE"
    | "INTERACTIVE"
    | "ORDER"
    | "SYSTEM"
    | "UNSUPPORTED"
    | "NOTE";
  content?: string;
  metadata?: {
    [k: string]: unknown;
  } | null;
  mediaId?: string | null;
  clientMessageId?: string | null;
  replyToId?: string | null;
  lastSeenSeq?: number | null;
  force?: boolean;
  policy?: "hold" | "resend";
  conversationId: string;
}
export interface MessageHereIn {
  type?:
    | "TEXT"
    | "IMAGE"
    | "VIDEO"
    | "AUDIO"
    | "DOCUMENT"
    | "STICKER"
    | "LOCATION"
    | "CONTACTS"
    | "REACTION"
    | "TEMPLATE"
    | "INTERACTIVE"
    | "ORDER"
    | "SYSTEM"
    | "UNSUPPORTED"
    | "NOTE";
  content?: string;
  metadata?: {
    [k: string]: unknown;
  } | null;
  mediaId?: string | null;
  clientMessageId?: string | null;
  replyToId?: string | null;
  lastSeenSeq?: number | null;
  force?: boolean;
  policy?: "hold" | "resend";
}
export interface TemplateIn {
  clientMessageId?: string | null;
  replyToId?: string | null;
  lastSeenSeq?: number | null;
  force?: boolean;
  policy?: "hold" | "resend";
  conversationId: string;
  templateName: string;
  parameters?: string[];
  languageCode?: string;
  components?:
    | {
        [k: string]: unknown;
      }[]
    | null;
  mediaId?: string | null;
}
export interface ButtonsIn {
  clientMessageId?: string | null;
  replyToId?: string | null;
  lastSeenSeq?: number | null;
  force?: boolean;
  policy?: "hold" | "resend";
  conversationId: string;
  bodyText: string;
  buttons: ButtonIn[];
  headerText?: string | null;
  footerText?: string | null;
}
export interface ButtonIn {
  id: string;
  title: string;
}
export interface ListIn {
  clientMessageId?: string | null;
  replyToId?: string | null;
  lastSeenSeq?: number | null;
  force?: boolean;
  policy?: "hold" | "resend";
  conversationId: string;
  bodyText: string;
  buttonText: string;
  sections: SectionIn[];
  headerText?: string | null;
  footerText?: string | null;
}
export interface SectionIn {
  title?: string | null;
  rows: RowIn[];
}
export interface RowIn {
  id: string;
  title: string;
  description?: string | null;
}
export interface Timeline {
  data: StageOut[];
}
export interface StageOut {
  stage: string;
  at: string;
}
export interface Hits {
  data: HitOut[];
  count: number;
}
export interface HitOut {
  id: string;
  conversationId: string;
  direction: Direction;
  type: Server_Desk_Messages_Models__Kind;
  content: string;
  timestamp: string;
  conversation: HitConversation;
}
export interface HitConversation {
  id: string;
  contact: ContactOfMessage;
}
export interface ContactOfMessage {
  id: string;
  phoneNumber: string | null;
  name: string | null;
}
export interface ContactPage {
  data: ContactOut[];
  pagination: Pagination;
}
export interface ContactOut {
  id: string;
  name: string | null;
  phoneNumber: string | null;
  email: string | null;
  profilePictureUrl: string | null;
  tags: TagBrief[];
  notes: string | null;
  customAttributes: {
    [k: string]: unknown;
  };
  createdAt: string;
  updatedAt: string;
  conversationsCount: number;
  lastConversationAt: string | null;
}
export interface ContactIn {
  name?: string | null;
  email?: string | null;
  profilePictureUrl?: string | null;
  notes?: string | null;
  /**
   * @maxItems 50
   */
  tagIds?: string[];
  customAttributes?: {
    [k: string]: string | boolean | number | null;
  };
  phoneNumber: string;
}
export interface ContactStats {
  total: number;
  withConversations: number;
  withoutConversations: number;
  recentContacts: ContactOut[];
}
export interface ContactPatch {
  name?: string | null;
  email?: string | null;
  profilePictureUrl?: string | null;
  notes?: string | null;
  /**
   * @maxItems 50
   */
  tagIds?: string[];
  customAttributes?: {
    [k: string]: string | boolean | number | null;
  };
  phoneNumber?: string | null;
}
export interface MergeIn {
  intoId: string;
}
export interface OverviewReport {
  period: Server_Desk_Periods__Period;
  overview: OverviewOut;
  statusBreakdown: StatusShareOut[];
}
export interface OverviewOut {
  totalConversations: number;
  conversationsChange: number;
  averageResponseTime: number | null;
  resolutionRate: number;
  activeAttendants: number;
  totalAttendants: number;
}
export interface StatusShareOut {
  status: ConversationStatus;
  count: number;
  percentage: number;
}
export interface AttendantsReport {
  period: Server_Desk_Periods__Period;
  attendants: AttendantOut[];
}
export interface AttendantOut {
  id: string;
  name: string;
  email: string;
  conversationsCount: number;
  satisfactionRate: number | null;
}
export interface HourlyReport {
  period: Server_Desk_Periods__Period;
  hourlyVolume: HourOut[];
}
export interface HourOut {
  hour: number;
  count: number;
}
export interface FiguresReport {
  start: string;
  end: string;
  total: FiguresOut;
  days: DayOut[];
  hours: number[];
  channels: SliceOut[];
  teams: SliceOut[];
  agents: SliceOut[];
}
export interface FiguresOut {
  begun: number;
  answered: number;
  secondsToAnswer: number | null;
  closed: number;
  resolved: number;
  ratings: number;
  rating: number | null;
}
export interface DayOut {
  day: string;
  figures: FiguresOut;
}
export interface SliceOut {
  id: string | null;
  name: string | null;
  figures: FiguresOut;
}
export interface LatencyReport {
  slowSeconds: number;
  directions: LatencyOut[];
  slowest: SlowOut[];
}
export interface LatencyOut {
  direction: Direction;
  messages: number;
  p50: number | null;
  p95: number | null;
  p99: number | null;
  slowest: number | null;
  slow: number;
}
export interface SlowOut {
  messageId: string;
  conversationId: string;
  contactName: string | null;
  direction: Direction;
  at: string;
  seconds: number;
}
export interface DashboardOut {
  numbers: NumbersOut;
  agents: AgentOut[];
}
export interface NumbersOut {
  active: number;
  inQueue: number;
  resolvedToday: number;
  online: number;
  busy: number;
  available: number;
  secondsToAnswer: number | null;
  minutesToResolve: number | null;
  satisfaction: number | null;
}
export interface AgentOut {
  id: string;
  name: string;
  standing: Standing;
  load: number;
  capacity: number;
  secondsToAnswer: number | null;
}
export interface Server_Dialects_Native_Media__MediaOut {
  id: string;
  url: string;
  kind: Server_Desk_Messages_Models__Kind;
  mimeType: string;
  size: number;
  filename: string | null;
  sha256: string;
}
export interface Channels {
  data: ChannelOut[];
}
export interface ChannelOut {
  id: string;
  type: ChannelType;
  name: string;
  status: ChannelStatus;
  statusReason: string | null;
  statusCode: string | null;
  statusDetail: string | null;
  phoneNumberId: string;
  wabaId: string;
  displayPhoneNumber: string | null;
  quality: string | null;
  webhookUrl: string;
  phoneUrl: string | null;
  webhookVerifiedAt: string | null;
  accessToken: string;
  appSecret: string;
  verifyToken: string;
  createdAt: string;
  updatedAt: string;
}
export interface ChannelIn {
  type?: "WHATSAPP_CLOUD";
  name: string;
  phoneNumberId: string;
  wabaId: string;
  displayPhoneNumber?: string | null;
  accessToken: string;
  appSecret: string;
  verifyToken: string;
}
export interface SandboxIn {
  name: string;
}
export interface ChannelPatch {
  name?: string;
  displayPhoneNumber?: string | null;
  accessToken?: string;
  appSecret?: string;
  verifyToken?: string;
}
export interface Server_Dialects_Native_Channels__Checked {
  status: ChannelStatus;
  statusReason: string | null;
  checks: CheckOut[];
}
export interface CheckOut {
  name: string;
  ok: boolean;
  title: string;
  cause: string;
  nextStep: string;
  code: string | null;
  detail: string;
  checkedAt: string | null;
}
export interface Alarms {
  data: AlarmOut[];
}
export interface AlarmOut {
  id: string;
  kind: Server_Desk_Alarms__Kind;
  severity: Severity;
  since: string;
  channelId: string | null;
  title: string;
  cause: string;
  nextStep: string;
}
export interface Integrations {
  data: IntegrationOut[];
}
export interface IntegrationOut {
  id: string;
  kind: IntegrationKind;
  enabled: boolean;
  key: string;
  url: string | null;
  model: string | null;
  app: string | null;
  ticketType: number | null;
  createdAt: string;
  updatedAt: string;
}
export interface IntegrationIn {
  kind: IntegrationKind;
  key: string;
  url?: string | null;
  model?: string | null;
  app?: string | null;
  ticketType?: number | null;
}
export interface IntegrationPatch {
  enabled?: boolean;
  key?: string;
  url?: string;
  model?: string | null;
  app?: string;
  ticketType?: number | null;
}
export interface Server_Dialects_Native_Integrations__Checked {
  ok: boolean;
  cause: string | null;
}
export interface Entries {
  data: EntryOut[];
  nextCursor: string | null;
}
export interface EntryOut {
  id: string;
  at: string;
  actor: ActorOut;
  action: Action;
  target: TargetOut;
  changes: ChangeOut[];
  ip: string | null;
  requestId: string | null;
}
export interface ActorOut {
  id: string | null;
  name: string;
  kind: ActorKind;
}
export interface TargetOut {
  noun: string;
  id: string | null;
  name: string | null;
}
export interface ChangeOut {
  field: string;
  before: unknown;
  after: unknown;
}
export interface ApiKeys {
  data: ApiKeyOut[];
}
export interface ApiKeyOut {
  id: string;
  name: string;
  role: Role;
  prefix: string;
  createdBy: MakerOut;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
}
export interface MakerOut {
  id: string | null;
  name: string;
}
export interface ApiKeyIn {
  name: string;
  role: Role;
  expiresAt?: string | null;
}
export interface NewApiKeyOut {
  id: string;
  name: string;
  role: Role;
  prefix: string;
  createdBy: MakerOut;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  key: string;
}
export interface Webhooks {
  data: WebhookOut[];
}
export interface WebhookOut {
  id: string;
  url: string;
  events: EventKind[];
  enabled: boolean;
  secret: string;
  failures: number;
  failingSince: string | null;
  nextAttemptAt: string | null;
  disabledBecause: string | null;
  previousSecretUntil: string | null;
  createdAt: string;
  updatedAt: string;
}
export interface WebhookIn {
  url: string;
  /**
   * @minItems 1
   * @maxItems 50
   */
  events: EventKind[];
  enabled?: boolean;
}
export interface WebhookPatch {
  url?: string;
  /**
   * @minItems 1
   * @maxItems 50
   */
  events?: EventKind[];
  enabled?: boolean;
}
export interface DeliveryOut {
  id: string;
  eventId: string;
  event: string;
  seq: number | null;
  occasion: Occasion;
  attempt: number;
  ok: boolean;
  status: number | null;
  milliseconds: number;
  error: string | null;
  at: string;
}
export interface Deliveries {
  data: DeliveryOut[];
  nextCursor: string | null;
}
export interface DeadLetters {
  data: DeadLetterOut[];
  nextCursor: string | null;
  counts: {
    [k: string]: number;
  };
}
export interface DeadLetterOut {
  id: string;
  at: string;
  reason: Cause;
  error: string | null;
  channel: ChannelNamed | null;
  phoneNumberId: string | null;
  size: number;
}
export interface ChannelNamed {
  id: string;
  name: string;
}
export interface OpenedOut {
  id: string;
  at: string;
  reason: Cause;
  error: string | null;
  channel: ChannelNamed | null;
  phoneNumberId: string | null;
  size: number;
  content: string;
  cut: boolean;
}
export interface Templates {
  data: TemplateOut[];
}
export interface TemplateOut {
  id: string;
  channelId: string;
  name: string;
  language: string;
  status: string;
  category: string | null;
  body: string;
  parameterCount: number;
  components: {
    [k: string]: unknown;
  }[];
  rejectedReason: string | null;
  updatedAt: string;
}
export interface Synced {
  synced: number;
}
export interface TenantPatch {
  name?: string;
  kind?: TenantKind;
  locale?: string;
  timeZone?: string;
  settings?: SettingsIn;
}
export interface SettingsIn {
  agentVisibility?: "ALL" | "OWN";
  hours?: BusinessHours | null;
  routing?: RoutingSettings1;
  replies?: AutomaticReplies1;
  claimOnAnswer?: boolean;
  closeIdleAfter?: number | null;
  assistant?: AssistantIn;
  branding?: BrandingIn;
}
export interface RoutingSettings1 {
  distribution?: "MANUAL" | "LEAST_BUSY" | "ROUND_ROBIN";
  sticky?: boolean;
  capacity?: number;
}
export interface AutomaticReplies1 {
  greeting?: string | null;
  away?: string | null;
  survey?: string | null;
}
export interface AssistantIn {
  answersCustomers?: boolean;
  name?: string;
  instructions?: string;
}
export interface BrandingIn {
  color?: string | null;
  logoMediaId?: string | null;
}
export interface Users {
  data: UserOut[];
  pagination: Pagination;
}
export interface UserOut {
  id: string;
  email: string;
  name: string;
  role: Role;
  status: UserStatus;
  avatarUrl: string | null;
  lastLogin: string | null;
  conversationsCount: number;
  teamIds: string[];
  capacity: number | null;
  createdAt: string;
  updatedAt: string;
}
export interface UserIn {
  email: string;
  name: string;
  password: string;
  role?: "ADMIN" | "SUPERVISOR" | "AGENT" | "VIEWER";
  /**
   * @maxItems 100
   */
  teamIds?: string[];
  capacity?: number | null;
}
export interface UserPatch {
  email?: string;
  name?: string;
  password?: string;
  role?: Role;
  status?: UserStatus;
  avatarUrl?: string | null;
  /**
   * @maxItems 100
   */
  teamIds?: string[];
  capacity?: number | null;
}
export interface Teams {
  data: TeamOut[];
}
export interface TeamOut {
  id: string;
  name: string;
  description: string | null;
  memberIds: string[];
  createdAt: string;
  updatedAt: string;
}
export interface TeamIn {
  name: string;
  description?: string | null;
  /**
   * @maxItems 1000
   */
  memberIds?: string[];
}
export interface TeamPatch {
  name?: string;
  description?: string | null;
  /**
   * @maxItems 1000
   */
  memberIds?: string[];
}
export interface Tags {
  data: TagOut[];
}
export interface TagOut {
  id: string;
  name: string;
  color: string;
  createdAt: string;
  updatedAt: string;
}
export interface TagIn {
  name: string;
  color?: string;
}
export interface TagPatch {
  name?: string;
  color?: string;
}
export interface CannedResponses {
  data: CannedResponseOut[];
}
export interface CannedResponseOut {
  id: string;
  shortcut: string;
  title: string | null;
  content: string;
  createdAt: string;
  updatedAt: string;
}
export interface CannedResponseIn {
  shortcut: string;
  title?: string | null;
  content: string;
}
export interface CannedResponsePatch {
  shortcut?: string;
  title?: string | null;
  content?: string;
}
export interface Events {
  events?: Entry[];
  through: number;
  more?: boolean;
  reset?: boolean;
}
export interface Entry {
  seq: number;
  skip?: number;
  at?: string;
  kind?: string;
  conversationId?: string;
  frames?: unknown[][];
}
export interface Presences {
  data: PresenceOut[];
}
export interface PresenceOut {
  userId: string;
  presence: Presence;
}
export interface PresenceIn {
  away: boolean;
}
export interface QueueOut {
  data: PlaceOut[];
  total: number;
  averageWaitSeconds: number;
}
export interface PlaceOut {
  position: number;
  conversation: ConversationRow;
  waitedSeconds: number;
  estimatedWaitSeconds: number | null;
}
export interface Views {
  data: ViewOut[];
}
export interface ViewOut {
  id: string;
  name: string;
  filters: FiltersOut;
  shared: boolean;
}
export interface FiltersOut {
  status: ConversationStatus[] | null;
  priority: Priority | null;
  assignedToId: string | null;
  channelId: string | null;
  teamId: string | null;
  tagId: string | null;
  unread: boolean | null;
  search: string | null;
}
export interface ViewIn {
  name: string;
  filters: FiltersIn;
  shared?: boolean;
}
export interface FiltersIn {
  status?: ConversationStatus[] | null;
  priority?: Priority | null;
  assignedToId?: string | null;
  channelId?: string | null;
  teamId?: string | null;
  tagId?: string | null;
  unread?: boolean | null;
  search?: string | null;
}
export interface Health {
  status: "healthy" | "degraded" | "unhealthy";
  version: string;
  timestamp: string;
  services: {
    [k: string]: "healthy" | "unhealthy";
  };
}
export interface Readiness {
  status: "healthy" | "degraded" | "unhealthy";
  version: string;
  timestamp: string;
  services: {
    [k: string]: "healthy" | "unhealthy";
  };
  alarms: HouseAlarm[];
  tenantAlarms: TenantAlarms[];
}
export interface HouseAlarm {
  kind: Server_Desk_Alarms__Kind;
  severity: Severity;
  since: string;
  title: string;
  cause: string;
  nextStep: string;
}
export interface TenantAlarms {
  kind: Server_Desk_Alarms__Kind;
  count: number;
}
export interface Error {
  error:
    | "ANSWERED_MEANWHILE"
    | "BAD_REQUEST"
    | "CONFLICT"
    | "CONVERSATION_CLOSED"
    | "CONVERSATION_OPEN"
    | "FORBIDDEN"
    | "INTERNAL_ERROR"
    | "INVALID_JSON"
    | "INVALID_SIGNATURE"
    | "LOCKED"
    | "METHOD_NOT_ALLOWED"
    | "NOBODY_HAS_IT"
    | "NOT_FOUND"
    | "NO_CHANNEL"
    | "PAYLOAD_TOO_LARGE"
    | "PROVIDER_REFUSED"
    | "RATE_LIMITED"
    | "TENANT_MISMATCH"
    | "TENANT_REQUIRED"
    | "TENANT_SUSPENDED"
    | "UNAUTHENTICATED"
    | "UNAVAILABLE"
    | "UNSUPPORTED_MEDIA_TYPE"
    | "VALIDATION_ERROR"
    | "VERIFICATION_REFUSED"
    | "WINDOW_CLOSED"
    | "WRONG_PASSWORD";
  reason?:
    | (
        | "ALREADY_CLAIMED"
        | "ANOTHER_IS_OPEN"
        | "API_KEY_NOT_FOUND"
        | "CHANNEL_EXISTS"
        | "CHANNEL_NOT_FOUND"
        | "CONTACT_NOT_FOUND"
        | "CONVERSATION_NOT_FOUND"
        | "DEAD_LETTER_NOT_FOUND"
        | "DELIVERY_NOT_FOUND"
        | "EMAIL_TAKEN"
        | "EVENT_FORGOTTEN"
        | "FILE_TOO_LARGE"
        | "FOR_PEOPLE_ONLY"
        | "INTEGRATION_EXISTS"
        | "INTEGRATION_NOT_FOUND"
        | "KEY_USED_ELSEWHERE"
        | "LAST_ADMIN"
        | "MALFORMED"
        | "MEDIA_NOT_FOUND"
        | "MESSAGE_NOT_FOUND"
        | "NOT_ACCEPTABLE_TEXT"
        | "NOT_DISCARDABLE"
        | "NOT_JSON"
        | "NOT_RETRYABLE"
        | "NO_SIMULATOR"
        | "ORIGINAL_FORGOTTEN"
        | "PHONE_TAKEN"
        | "SHORTCUT_TAKEN"
        | "SLUG_TAKEN"
        | "SUBSCRIPTION_NOT_FOUND"
        | "TAG_TAKEN"
        | "TEAM_IN_USE"
        | "TEAM_TAKEN"
        | "TENANT_HEADER_MISSING"
        | "TOKEN_EXPIRED"
        | "TOO_LARGE"
        | "TOO_MANY_PARTS"
        | "TOO_MANY_WEBHOOKS"
        | "TYPE_REFUSED"
        | "UNKNOWN_RECIPIENT"
        | "VIEW_NAME_TAKEN"
        | "WRONG_CREDENTIALS"
      )
    | null;
  message: string;
  details?: WrongField[];
  [k: string]: unknown;
}
export interface WrongField {
  field: string;
  message: string;
  reason?:
    | (
        | "missing"
        | "extra_forbidden"
        | "string_type"
        | "string_too_short"
        | "string_too_long"
        | "string_pattern_mismatch"
        | "int_type"
        | "int_parsing"
        | "float_type"
        | "float_parsing"
        | "bool_type"
        | "bool_parsing"
        | "list_type"
        | "dict_type"
        | "model_type"
        | "enum"
        | "literal_error"
        | "too_short"
        | "too_long"
        | "greater_than_equal"
        | "less_than_equal"
        | "finite_number"
        | "datetime_parsing"
        | "datetime_from_date_parsing"
        | "date_parsing"
        | "date_type"
        | "date_from_datetime_parsing"
        | "date_from_datetime_inexact"
      )
    | null;
}
export interface DurableEvents {
  "message:new": NewMessage;
  "message:updated": ChangedMessage;
  "message:status-update": StatusUpdate;
  "conversation:new": NewConversation;
  "conversation:updated": ChangedRow | RowAfterMessage;
  "conversation:removed": Place;
  "contact:updated": ChangedContact;
  "channel:updated": ChangedChannel;
  "template:updated": ChangedTemplate;
  "catalog:updated": ChangedCatalog;
  "tenant:updated": ChangedTenant;
  "user:updated": ChangedUser;
  notification: Notification;
}
export interface NewMessage {
  conversationId: string;
  message: MessageWithContact;
}
export interface MessageWithContact {
  id: string;
  number: number;
  conversationId: string;
  contactId: string;
  whatsappMessageId: string | null;
  clientMessageId: string | null;
  seq: number;
  direction: Direction;
  type: Server_Desk_Messages_Models__Kind;
  content: string;
  metadata: {
    [k: string]: unknown;
  } | null;
  media: Server_Dialects_Native_SchemasConversations__MediaOut | null;
  status: Status;
  deliveryState: ("QUEUED" | "SENDING" | "ACCEPTED" | "AMBIGUOUS" | "FAILED" | "CANCELLED") | null;
  unconfirmed: boolean;
  error: SendErrorOut | null;
  sentById: string | null;
  sentByName: string | null;
  sentByKind: ActorKind | null;
  automatic: Automatic | null;
  replyToId: string | null;
  reactions: ReactionOut[];
  readAt: string | null;
  editedAt: string | null;
  deletedAt: string | null;
  timestamp: string;
  createdAt: string;
  contact: ContactOfMessage;
}
export interface ChangedMessage {
  conversationId: string;
  message: MessageOut;
}
export interface StatusUpdate {
  conversationId: string;
  messageId: string;
  status: Status;
  deliveryState: ("QUEUED" | "SENDING" | "ACCEPTED" | "AMBIGUOUS" | "FAILED" | "CANCELLED") | null;
  unconfirmed: boolean;
  error: SendErrorOut | null;
  whatsappMessageId: string | null;
  clientMessageId: string | null;
}
export interface NewConversation {
  conversation: ConversationRow;
}
export interface ChangedRow {
  conversationId: string;
  updates: RowChanges;
}
export interface RowChanges {
  id?: string;
  number?: number;
  tenantId?: string;
  contactId?: string;
  contact?: ContactBrief;
  channelId?: string;
  status?: ConversationStatus;
  priority?: Priority;
  assignedToId?: string | null;
  assignedTo?: AssigneeOut | null;
  teamId?: string | null;
  tags?: TagBrief[];
  lastMessageAt?: string;
  closedAt?: string | null;
  lastMessage?: LastMessageOut | null;
  unreadCount?: number;
  windowExpiresAt?: string | null;
  snoozedUntil?: string | null;
  withAssistant?: boolean;
  escalatedAt?: string | null;
  escalationReason?: string | null;
  createdAt?: string;
  updatedAt?: string;
}
export interface RowAfterMessage {
  conversationId: string;
  lastMessage: LastMessageOut | null;
  lastMessageAt: string;
  unreadCount: number;
  status: ConversationStatus;
  windowExpiresAt: string | null;
}
export interface Place {
  conversationId: string;
}
export interface ChangedContact {
  contact: ContactInConversation;
}
export interface ChangedChannel {
  channel: LiveChannel;
}
export interface LiveChannel {
  id: string;
  type: ChannelType;
  name: string;
  status: ChannelStatus;
  statusReason: string | null;
  statusCode: string | null;
  statusDetail: string | null;
  displayPhoneNumber: string | null;
  quality: string | null;
  deleted: boolean;
}
export interface ChangedTemplate {
  template: LiveTemplate;
}
export interface LiveTemplate {
  channelId: string;
  name: string | null;
  language: string | null;
  status: string | null;
  category: string | null;
}
export interface ChangedCatalog {
  noun:
    | "tags"
    | "teams"
    | "canned_responses"
    | "views"
    | "integrations"
    | "api_keys"
    | "webhooks"
    | "dead_letters";
  id: string;
}
export interface ChangedTenant {
  changed: string[];
}
export interface ChangedUser {
  user: LiveUser;
}
export interface LiveUser {
  id: string;
  name: string;
  email: string;
  role: Role;
  status: UserStatus;
  avatarUrl: string | null;
  teamIds: string[];
}
export interface Notification {
  type:
    | "conversation.assigned"
    | "conversation.woken"
    | "channel.parked"
    | "channel.reported"
    | "inbox.dead"
    | "alarm.raised"
    | "alarm.cleared";
  title: string;
  severity?: string;
  message?: string;
  body?: string;
  by?: string;
  conversationId?: string;
  channelId?: string | null;
  alarmId?: string;
}
export interface BriefEvents {
  ev: Entry;
  tail: Tail;
  "message:status": StatusUpdate;
  "conversation:typing": Typing;
  "user:typing": Typing;
  "conversation:viewing": Viewing;
  "presence:changed": ChangedPresence;
  "conversation:joined": Place;
  "conversation:left": Place;
  "messages:marked-read": Marked;
  pong: null;
  "auth:expired": Expiry;
  error: Refusal;
}
export interface Tail {
  seq: number;
  min: number;
}
export interface Typing {
  conversationId: string;
  userId: string;
  userName: string;
  isTyping: boolean;
}
export interface Viewing {
  conversationId: string;
  userId: string;
  userName: string;
  isViewing: boolean;
}
export interface ChangedPresence {
  userId: string;
  presence: Presence;
}
export interface Marked {
  messageIds: string[];
}
export interface Expiry {
  graceSeconds: number;
}
export interface Refusal {
  code: string;
  message: string;
  details?: WrongPart[];
}
export interface WrongPart {
  field: string;
  message: string;
}
