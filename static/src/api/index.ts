import type {
  Alarm,
  CannedResponse,
  Channel,
  ChannelCheck,
  ChannelDraft,
  Conversation,
  ConversationPage,
  Id,
  ListSection,
  Message,
  MessagePage,
  Person,
  ReplyButton,
  SignedIn,
  Tag,
  Team,
  Template,
} from "../wire";
import { request, requestJson } from "./request";

export { Problem } from "./problem";

export interface SignUp {
  tenantName: string;
  tenantSlug: string;
  userName: string;
  email: string;
  password: string;
}

export interface Credentials {
  email: string;
  password: string;
  tenantSlug?: string;
}

export type ConversationQuery = Readonly<Record<string, string | number | undefined>>;

/** A list answer and the place in the feed up to which it is true. */
export interface ConversationListing {
  page: ConversationPage;
  feedSeq: number;
}

export interface NewMessage {
  type: string;
  content?: string;
  mediaId?: Id;
  metadata?: Record<string, unknown>;
  replyToId?: Id;
}

export interface NewButtons {
  bodyText: string;
  buttons: ReplyButton[];
  headerText?: string;
  footerText?: string;
}

export interface NewList {
  bodyText: string;
  buttonText: string;
  sections: ListSection[];
}

export interface NewTemplate {
  templateName: string;
  parameters: string[];
  languageCode: string;
}

/** The same `clientMessageId` again is the same message: it is sent once. */
export interface SendOptions {
  clientMessageId: string;
  lastSeenSeq?: number;
  force?: boolean;
}

export interface ConversationChange {
  status?: string;
  priority?: string;
  assignedToId?: Id | null;
  tagIds?: Id[];
}

const get = <T>(path: string, query?: ConversationQuery, signal?: AbortSignal) =>
  requestJson<T>("GET", path, { query, signal });
const post = <T>(path: string, body: unknown = {}) => requestJson<T>("POST", path, { body });
const patch = <T>(path: string, body: unknown) => requestJson<T>("PATCH", path, { body });

/** Lists come bare or under `data`; both are read. */
async function rows<T>(path: string, query?: ConversationQuery): Promise<T[]> {
  const answer = await get<T[] | { data: T[] }>(path, query);
  return Array.isArray(answer) ? answer : answer.data;
}

async function listing(query: ConversationQuery, signal?: AbortSignal): Promise<ConversationListing> {
  const answer = await request("GET", "/api/conversations", { query, signal });
  return { page: await answer.json(), feedSeq: Number(answer.headers.get("X-Feed-Seq")) };
}

export const api = {
  signUp: (body: SignUp) => requestJson<SignedIn>("POST", "/auth/register", { body, anonymous: true }),
  signIn: (body: Credentials) => requestJson<SignedIn>("POST", "/auth/login", { body, anonymous: true }),
  signOut: (refreshToken: string) => post<void>("/auth/logout", { refreshToken }),

  conversations: listing,
  conversation: (id: Id) => get<Conversation>(`/api/conversations/${id}`),
  change: (id: Id, change: ConversationChange) => patch<Conversation>(`/api/conversations/${id}`, change),
  claim: (id: Id) => post<Conversation>(`/api/conversations/${id}/claim`),
  assign: (id: Id, userId: Id) => post<Conversation>(`/api/conversations/${id}/assign`, { userId }),
  transfer: (id: Id, to: { userId?: Id; teamId?: Id; reason: string }) =>
    post<Conversation>(`/api/conversations/${id}/transfer`, to),
  close: (id: Id) => post<Conversation>(`/api/conversations/${id}/close`),
  reopen: (id: Id) => post<Conversation>(`/api/conversations/${id}/reopen`),
  markRead: (id: Id) => post<void>(`/api/conversations/${id}/read`),
  addNote: (id: Id, content: string) => post<Message>(`/api/conversations/${id}/notes`, { content }),

  messages: (id: Id, query: ConversationQuery) =>
    get<MessagePage>(`/api/conversations/${id}/messages`, query),
  send: (conversationId: Id, message: NewMessage, options: SendOptions) =>
    post<Message>("/api/messages", { conversationId, ...message, ...options }),
  sendButtons: (conversationId: Id, message: NewButtons, options: SendOptions) =>
    post<Message>("/api/messages/buttons", { conversationId, ...message, ...options }),
  sendList: (conversationId: Id, message: NewList, options: SendOptions) =>
    post<Message>("/api/messages/list", { conversationId, ...message, ...options }),
  sendTemplate: (conversationId: Id, message: NewTemplate, options: SendOptions) =>
    post<Message>("/api/messages/template", { conversationId, ...message, ...options }),
  retry: (messageId: Id) => post<Message>(`/api/messages/${messageId}/retry`),
  discard: (messageId: Id) => post<Message>(`/api/messages/${messageId}/discard`),

  templates: () => rows<Template>("/api/templates"),
  cannedResponses: () => rows<CannedResponse>("/api/canned-responses"),
  people: () => rows<Person>("/api/users", { status: "ACTIVE" }),
  teams: () => rows<Team>("/api/teams"),
  tags: () => rows<Tag>("/api/tags"),

  alarms: () => rows<Alarm>("/api/alarms"),
  channels: () => rows<Channel>("/api/channels"),
  connect: (draft: ChannelDraft) => post<Channel>("/api/channels", draft),
  connectSandbox: (name: string) => post<Channel>("/api/channels/sandbox", { name }),
  checkChannel: (id: Id) =>
    post<{ checks: ChannelCheck[] }>(`/api/channels/${id}/check`).then((answer) => answer.checks),
};
