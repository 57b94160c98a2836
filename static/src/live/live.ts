import { batch, effect, signal } from "@preact/signals";
import { io, type Socket } from "socket.io-client";
import { readMe } from "../account/account";
import { refreshSession } from "../api/request";
import type { BriefEvents } from "../api/schema";
import { heardPresence, readPresences } from "../presence/presence";
import { session } from "../session";
import { heardTyping } from "../thread/typists";
import { heardViewing } from "../thread/viewers";
import { applyEvent, loadSnapshot } from "./apply";
import { type Ask, emptyFeed, type Feed, type FeedEvent, type Heard, type SyncAnswer, step } from "./feed";
import { gathered } from "./gathering";
import { tellListeners } from "./heard";

export type Connection = "connecting" | "live" | "reconnecting" | "offline";

const SYNC_LIMIT = 200;
const ANSWER_TIMEOUT_MS = 10_000;
const RETRY_MS = 2_000;
const OFFLINE_AFTER_MS = 8_000;
const STALE_TOKEN = new Set(["UNAUTHENTICATED", "TOKEN_EXPIRED"]);

/** What the header says. "live" only once the feed has been caught up on this very connection. */
export const connection = signal<Connection>("connecting");

let feed: Feed = emptyFeed;
/** What comes on the socket, by the server's own account. */
type Spoken = Omit<BriefEvents, "ev"> & { ev: FeedEvent };
type Listening = { [Name in keyof Spoken]: (payload: Spoken[Name]) => void };
type LiveSocket = Socket<Listening, Record<string, (...said: unknown[]) => void>>;

let socket: LiveSocket | null = null;
const eachTime = new Set<() => void>();
let givingUp: ReturnType<typeof setTimeout> | undefined;
/** The first snapshot, which is read while the socket still connects. */
let begun: Promise<number> | null = null;

/** Opens the console's one socket and keeps it; the answer closes it. */
export function goLive(): () => void {
  socket = io({
    transports: ["websocket", "polling"],
    auth: (give) => give({ token: session.value?.token, tenantSlug: session.value?.tenant.slug }),
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
  });
  listen(socket);
  begun = loadSnapshot();
  begun.catch(forgetBegun);
  const stopRenewing = renewTokenOn(socket);
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  return () => {
    stopRenewing();
    window.removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", wake);
    socket?.disconnect();
    socket = null;
    // Whoever signs in next, be it the same person with another role, begins with what may be seen then.
    feed = emptyFeed;
    forgetBegun();
  };
}

function forgetBegun(): void {
  begun = null;
}

/** Tells the server something that nobody keeps: typing, joining, reading. Nothing is queued while offline. */
export function tell(name: string, payload: unknown): boolean {
  if (!socket?.connected) return false;
  socket.emit(name, payload);
  return true;
}

/** Runs at once and after every reconnection, for what the server forgets with the connection. */
export function onEveryConnection(work: () => void): () => void {
  // Kept apart from the socket: a page that is opened on a conversation asks before there is one.
  eachTime.add(work);
  if (socket?.connected) work();
  return () => eachTime.delete(work);
}

function listen(on: LiveSocket): void {
  on.on("connect", connected);
  on.on("disconnect", dropped);
  on.on("connect_error", refused);
  on.on("ev", (event) => hearSoon({ type: "event", event }));
  on.on("tail", ({ seq }) => hearSoon({ type: "tail", seq }));
  on.on("conversation:typing", heardTyping);
  on.on("conversation:viewing", heardViewing);
  on.on("presence:changed", (payload) => {
    heardPresence(payload);
    tellListeners(["presence:changed", payload]);
  });
}

function connected(): void {
  for (const work of eachTime) work();
  hear({ type: "connected" });
  // Who came and went is kept in no feed. Read again with the next connection, where this fails.
  void readPresences().catch(() => undefined);
}

function hear(heard: Heard): void {
  const next = step(feed, heard);
  feed = next.feed;
  next.apply.forEach(applyEvent);
  if (next.apply.some(isAboutMe)) {
    lookAnew();
    return;
  }
  if (heard.type === "synced" && feed.asked === "nothing") settle("live");
  if (next.ask) void put(next.ask);
}

/** A burst of messages is drawn once a frame, not once for each. */
const hearSoon = gathered<Heard>((all) => batch(() => all.forEach(hear)));

/** Another team, another role: what may be seen now is not what was seen before. */
const isAboutMe = (event: FeedEvent) =>
  event.frames?.some(
    ([name, payload]) => name === "user:updated" && payload.user.id === session.value?.user.id,
  );

function lookAnew(): void {
  void readMe().catch(() => undefined);
  feed = emptyFeed;
  askAgain();
}

async function put(ask: Ask): Promise<void> {
  const asking = "snapshot" in ask ? askSnapshot() : askSync(ask.sync);
  const heard = await asking.catch(() => null);
  if (heard) hear(heard);
  else setTimeout(askAgain, RETRY_MS);
}

/** A dropped connection asks by itself when it is back; this is for an answer lost on a living one. */
function askAgain(): void {
  if (socket?.connected) hear({ type: "connected" });
}

async function askSnapshot(): Promise<Heard> {
  const reading = begun ?? loadSnapshot();
  forgetBegun();
  return { type: "snapshot", seq: await reading };
}

async function askSync(after: number): Promise<Heard> {
  if (!socket) throw new Error("There is no socket to ask.");
  const question = { after, limit: SYNC_LIMIT, live: true };
  const answer: SyncAnswer | { error: string } = await socket
    .timeout(ANSWER_TIMEOUT_MS)
    .emitWithAck("sync", question);
  if ("error" in answer) throw new Error(answer.error);
  return { type: "synced", answer };
}

function dropped(reason: string): void {
  hear({ type: "lost" });
  troubled();
  // Socket.IO stays away when the server closed the connection; the console comes back.
  if (reason === "io server disconnect") void reconnectLater(false);
}

/** An unreachable server is tried again by Socket.IO itself; one that refused us is not. */
function refused(problem: Error & { data?: { code?: string } }): void {
  troubled();
  if (!socket || socket.active) return;
  const isTokenStale = problem.data?.code !== undefined && STALE_TOKEN.has(problem.data.code);
  void reconnectLater(isTokenStale);
}

function troubled(): void {
  if (connection.value === "offline") return;
  connection.value = navigator.onLine ? "reconnecting" : "offline";
  givingUp ??= setTimeout(() => settle("offline"), OFFLINE_AFTER_MS);
}

function settle(state: Connection): void {
  clearTimeout(givingUp);
  givingUp = undefined;
  connection.value = state;
}

async function renew(): Promise<void> {
  const token = session.value?.token;
  if (token) await refreshSession(token).catch(() => undefined);
}

async function reconnectLater(withNewToken: boolean): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  if (withNewToken) await renew();
  if (session.value) socket?.connect();
}

function renewTokenOn(on: LiveSocket): () => void {
  on.on("auth:expired", () => void renew());
  let known = session.value?.token;
  return effect(() => {
    const token = session.value?.token;
    if (token && token !== known && on.connected) on.emit("auth:refresh", { token });
    known = token;
  });
}

/** A computer that slept may hold a connection that is already dead: ask, rather than trust it. */
function wake(): void {
  if (document.visibilityState !== "visible" || !socket) return;
  if (socket.connected) hear({ type: "connected" });
  else socket.connect();
}
