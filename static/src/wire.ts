// The native API as the console reads it: names and shapes of the server's documents, nothing invented here.

export type Id = string;
/** ISO-8601 in UTC with milliseconds and `Z`. */
export type Instant = string;

export type Role = "ADMIN" | "SUPERVISOR" | "AGENT" | "VIEWER";
export type ConversationStatus = "OPEN" | "IN_PROGRESS" | "WAITING" | "CLOSED";
export type Priority = "LOW" | "MEDIUM" | "HIGH" | "URGENT";
/** `INTERNAL` is a note: it never leaves the house. */
export type Direction = "INBOUND" | "OUTBOUND" | "INTERNAL";
export type MessageStatus = "SENT" | "DELIVERED" | "READ" | "FAILED";
export type DeliveryState = "QUEUED" | "SENDING" | "ACCEPTED" | "AMBIGUOUS" | "FAILED" | "CANCELLED";

export interface User {
  id: Id;
  email: string;
  name: string;
  role: Role;
  tenantId?: Id;
}

export interface Tenant {
  id: Id;
  slug: string;
  name: string;
}

export interface SignedIn {
  user: User;
  token: string;
  refreshToken: string;
  tenant: Tenant;
}

export interface Person {
  id: Id;
  name: string;
  email?: string;
}

export interface Team {
  id: Id;
  name: string;
}

export interface Tag {
  id: Id;
  name: string;
  color: string;
}

export interface Contact {
  id: Id;
  phoneNumber: string | null;
  name: string | null;
  email?: string | null;
  profilePictureUrl?: string | null;
  createdAt?: Instant;
}

export interface LastMessage {
  id: Id;
  content: string | null;
  direction: Direction;
  type: string;
  timestamp: Instant;
}

export interface Conversation {
  id: Id;
  channelId?: Id;
  contactId: Id;
  contact: Contact;
  status: ConversationStatus;
  priority: Priority;
  assignedToId: Id | null;
  assignedTo: Person | null;
  teamId?: Id | null;
  tags: Tag[];
  lastMessageAt: Instant;
  lastMessage?: LastMessage | null;
  unreadCount?: number;
  /** Until when free text may be sent; null when the customer has not written yet. */
  windowExpiresAt?: Instant | null;
  closedAt: Instant | null;
  createdAt?: Instant;
}

export interface SendFailure {
  code: string | number;
  title: string;
  cause?: string;
  nextStep?: string;
  retryable?: boolean;
}

export type Metadata = Readonly<Record<string, unknown>>;

export interface MessageMedia {
  id?: Id | null;
  url?: string | null;
  mimeType?: string | null;
  filename?: string | null;
  size?: number | null;
  voice?: boolean;
  /** Still on its way from the provider. */
  pending?: boolean;
  error?: string | null;
}

export interface Reaction {
  emoji: string;
  /** `customer`, or the id of the user who reacted. */
  by: string;
}

export interface Message {
  id: Id;
  conversationId?: Id;
  clientMessageId?: string | null;
  /** Order within the conversation. */
  seq?: number;
  whatsappMessageId: string | null;
  direction: Direction;
  type: string;
  content: string | null;
  metadata: Metadata | null;
  status: MessageStatus;
  deliveryState?: DeliveryState | null;
  /** The provider was given its time and told nothing: the agent decides. */
  unconfirmed?: boolean;
  error?: SendFailure | null;
  sentById: Id | null;
  sentByName?: string | null;
  media?: MessageMedia | null;
  reactions?: Reaction[];
  replyToId?: Id | null;
  editedAt?: Instant | null;
  deletedAt?: Instant | null;
  timestamp: Instant;
  createdAt?: Instant;
}

export interface Pagination {
  page: number;
  limit: number;
  total: number;
  pages: number;
}

export interface ConversationPage {
  data: Conversation[];
  pagination: Pagination;
  nextCursor: string | null;
}

export interface MessagePage {
  data: Message[];
  hasMore: boolean;
  nextCursor: Id | null;
}

export interface CannedResponse {
  id: Id;
  shortcut: string;
  title?: string | null;
  content: string;
}

export interface TemplateComponent {
  type: "HEADER" | "BODY" | "FOOTER" | "BUTTONS";
  format?: string;
  text?: string;
  buttons?: { type: string; text: string; url?: string }[];
}

export interface Template {
  id: Id;
  /** A template is approved for one number. */
  channelId: Id;
  name: string;
  language: string;
  category?: string;
  status: string;
  components: TemplateComponent[];
}

export interface Media {
  id: Id;
  url?: string;
  mimeType: string;
  filename: string | null;
  size: number;
}

export interface Channel {
  id: Id;
  type: string;
  name: string;
  status: string;
  phoneNumberId?: string;
  displayPhoneNumber?: string | null;
  wabaId?: string;
  webhookUrl?: string;
  /** What is wrong with it, in a sentence. */
  statusReason?: string | null;
  /** Present on a number of the simulator: the page that plays the customer's phone. */
  phoneUrl?: string | null;
}

export interface ChannelDraft {
  type: "WHATSAPP_CLOUD";
  name: string;
  phoneNumberId: string;
  wabaId: string;
  accessToken: string;
  appSecret: string;
  verifyToken: string;
}

export interface ChannelCheck {
  name: string;
  ok: boolean;
  title?: string;
  cause?: string | null;
  nextStep?: string | null;
}

/** Something that is wrong right now. Without a channel it is about the whole account, or the house. */
export interface Alarm {
  id: string;
  kind: string;
  severity: "critical" | "warning";
  since: Instant;
  channelId: Id | null;
  title: string;
  cause: string;
  nextStep: string;
}

export interface ReplyButton {
  id: string;
  title: string;
}

export interface ListRow {
  id: string;
  title: string;
  description?: string;
}

export interface ListSection {
  title: string;
  rows: ListRow[];
}
