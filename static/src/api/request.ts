import { keepSession, readSessionOfOtherTabs, session, signedOutBecause } from "../session";
import type { SignedIn } from "../wire";
import { Problem, problemOf } from "./problem";

export interface Ask {
  body?: unknown;
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  /** Set for /auth/*, where a 401 is an answer and not an expired token. */
  anonymous?: boolean;
}

export async function request(method: string, path: string, ask: Ask = {}): Promise<Response> {
  const token = session.value?.token;
  let answer = await send(method, path, ask);
  if (answer.status === 401 && !ask.anonymous && token) {
    await refreshSession(token);
    answer = await send(method, path, ask);
  }
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

async function send(method: string, path: string, ask: Ask): Promise<Response> {
  const body = ask.body === undefined || ask.body instanceof FormData ? ask.body : JSON.stringify(ask.body);
  const isJson = typeof body === "string";
  const headers = {
    ...(ask.anonymous ? {} : authorisation()),
    ...(isJson ? { "Content-Type": "application/json" } : {}),
    ...ask.headers,
  };
  try {
    return await fetch(path + queryOf(ask.query), { method, headers, body, signal: ask.signal });
  } catch (cause) {
    if (ask.signal?.aborted) throw cause;
    throw new Problem(0, {});
  }
}

export function authorisation(): Record<string, string> {
  const current = session.value;
  if (!current) return {};
  return { Authorization: `Bearer ${current.token}`, "X-Tenant-Slug": current.tenant.slug };
}

function queryOf(query: Ask["query"]): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== "");
  if (given.length === 0) return "";
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

let refreshing: Promise<void> | null = null;

/** Replaces `usedToken`; many callers at once make one refresh, and so do several tabs. */
export function refreshSession(usedToken: string): Promise<void> {
  refreshing ??= acrossTabs(() => rotate(usedToken)).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

// A refresh token used twice revokes its whole family, so two tabs must never rotate the same one.
function acrossTabs(rotateOnce: () => Promise<void>): Promise<void> {
  return navigator.locks ? navigator.locks.request("balcao.refresh", rotateOnce) : rotateOnce();
}

async function rotate(usedToken: string): Promise<void> {
  const current = readSessionOfOtherTabs();
  if (!current || current.token !== usedToken) return;
  const body = { refreshToken: current.refreshToken };
  const answer = await send("POST", "/auth/refresh", { body, anonymous: true });
  if (answer.ok) {
    keepSession((await answer.json()) as SignedIn);
    return;
  }
  const problem = await problemOf(answer);
  if (answer.status === 401) {
    signedOutBecause.value = "expired";
    keepSession(null);
  }
  throw problem;
}
