import type { ConversationPage, Id, SignedIn } from "../wire";
import { type Body, call, callForResponse, type Query } from "./call";

export { Problem } from "./problem";

export type SignUp = Body<"POST /auth/register">;
export type Credentials = Body<"POST /auth/login">;
export type ConversationQuery = Query<"GET /api/conversations">;
export type CountsQuery = Query<"GET /api/conversations/counts">;
export type ConversationChange = Body<"PATCH /api/conversations/{id}">;
export type TransferTo = Body<"POST /api/conversations/{id}/transfer">;
export type Closing = Body<"POST /api/conversations/{id}/close">;
export type ChannelDraft = Body<"POST /api/channels">;

/** A list answer and the place in the feed up to which it is true. */
export interface ConversationListing {
  page: ConversationPage;
  feedSeq: number;
}

/** The same `clientMessageId` again is the same message: it is sent once. */
type OptionName = "clientMessageId" | "lastSeenSeq" | "force" | "policy";
type Content<B> = Omit<B, OptionName | "conversationId">;

export type NewMessage = Content<Body<"POST /api/messages">>;
export type NewButtons = Content<Body<"POST /api/messages/buttons">>;
export type NewList = Content<Body<"POST /api/messages/list">>;
export type NewTemplate = Content<Body<"POST /api/messages/template">>;
export type SendOptions = Pick<Body<"POST /api/messages">, OptionName>;

async function conversations(query: ConversationQuery, signal?: AbortSignal): Promise<ConversationListing> {
  const answer = await callForResponse("GET /api/conversations", { query, signal });
  return { page: await answer.json(), feedSeq: Number(answer.headers.get("X-Feed-Seq")) };
}

export const api = {
  signUp: (body: SignUp): Promise<SignedIn> => call("POST /auth/register", { body, anonymous: true }),
  signIn: (body: Credentials): Promise<SignedIn> => call("POST /auth/login", { body, anonymous: true }),
  signOut: (refreshToken: string) => call("POST /auth/logout", { body: { refreshToken } }),
  me: () => call("GET /auth/me"),

  conversations,
  counts: (query: CountsQuery) => call("GET /api/conversations/counts", { query }),
  conversation: (id: Id) => call("GET /api/conversations/{id}", { id }),
  change: (id: Id, body: ConversationChange) => call("PATCH /api/conversations/{id}", { id, body }),
  claim: (id: Id) => call("POST /api/conversations/{id}/claim", { id }),
  assign: (id: Id, userId: Id) => call("POST /api/conversations/{id}/assign", { id, body: { userId } }),
  transfer: (id: Id, body: TransferTo) => call("POST /api/conversations/{id}/transfer", { id, body }),
  close: (id: Id, body: Closing = {}) => call("POST /api/conversations/{id}/close", { id, body }),
  snooze: (id: Id, until: Date) =>
    call("POST /api/conversations/{id}/snooze", { id, body: { until: until.toISOString() } }),
  wake: (id: Id) => call("DELETE /api/conversations/{id}/snooze", { id }),
  reopen: (id: Id) => call("POST /api/conversations/{id}/reopen", { id, body: {} }),
  takeBackClosing: (id: Id) => call("POST /api/conversations/{id}/reopen", { id, body: { asItWas: true } }),
  markRead: (id: Id) => call("POST /api/conversations/{id}/read", { id }),
  addNote: (id: Id, content: string) => call("POST /api/conversations/{id}/notes", { id, body: { content } }),

  messages: (conversationId: Id, query: Query<"GET /api/conversations/{conversationId}/messages">) =>
    call("GET /api/conversations/{conversationId}/messages", { conversationId, query }),
  send: (conversationId: Id, message: NewMessage, options: SendOptions) =>
    call("POST /api/messages", { body: { conversationId, ...message, ...options } }),
  sendButtons: (conversationId: Id, message: NewButtons, options: SendOptions) =>
    call("POST /api/messages/buttons", { body: { conversationId, ...message, ...options } }),
  sendList: (conversationId: Id, message: NewList, options: SendOptions) =>
    call("POST /api/messages/list", { body: { conversationId, ...message, ...options } }),
  sendTemplate: (conversationId: Id, message: NewTemplate, options: SendOptions) =>
    call("POST /api/messages/template", { body: { conversationId, ...message, ...options } }),
  retry: (id: Id) => call("POST /api/messages/{id}/retry", { id }),
  discard: (id: Id) => call("POST /api/messages/{id}/discard", { id }),

  templates: () => call("GET /api/templates").then(({ data }) => data),
  cannedResponses: () => call("GET /api/canned-responses").then(({ data }) => data),
  people: () => call("GET /api/users", { query: { status: "ACTIVE" } }).then(({ data }) => data),
  teams: () => call("GET /api/teams").then(({ data }) => data),
  tags: () => call("GET /api/tags").then(({ data }) => data),
  presence: () => call("GET /api/presence").then(({ data }) => data),
  choosePresence: (away: boolean) => call("POST /api/presence", { body: { away } }),

  alarms: () => call("GET /api/alarms").then(({ data }) => data),
  channels: () => call("GET /api/channels").then(({ data }) => data),
  connect: (body: ChannelDraft) => call("POST /api/channels", { body }),
  connectSandbox: (name: string) => call("POST /api/channels/sandbox", { body: { name } }),
  checkChannel: (id: Id) => call("POST /api/channels/{id}/check", { id }).then(({ checks }) => checks),
};
