import { api, type Credentials, Problem, type SignUp } from "../api";
import { standOnPlace } from "../header/standOnPlace";
import { forgetHere } from "../kept";
import { go, href } from "../route";
import { keepSession, session, signedOutBecause } from "../session";
import type { SignedIn } from "../wire";

export interface TenantChoice {
  slug: string;
  name: string;
}

function enter(signedIn: SignedIn): void {
  signedOutBecause.value = null;
  go(href.inbox);
  keepSession(signedIn);
  standOnPlace();
}

export async function signIn(credentials: Credentials): Promise<void> {
  enter(await api.signIn(credentials));
}

export async function signUp(form: SignUp): Promise<void> {
  enter(await api.signUp(form));
}

/** Who this is now: the name or the role may have changed since the session began. */
export async function readMe(): Promise<void> {
  const { user } = await api.me();
  if (session.value?.user.id === user.id) keepSession({ ...session.value, user });
}

export async function signOut(): Promise<void> {
  const { refreshToken } = session.value ?? {};
  try {
    if (refreshToken) await api.signOut(refreshToken);
  } finally {
    forgetHere();
    keepSession(null);
    go(href.signIn);
  }
}

/** The houses that an e-mail and password open, when the server asks which one is meant. */
export function tenantsToChoose(problem: unknown): TenantChoice[] | null {
  if (!(problem instanceof Problem) || problem.code !== "TENANT_REQUIRED") return null;
  const { tenants } = problem.body;
  if (!Array.isArray(tenants)) return null;
  return tenants.map((tenant) => (typeof tenant === "string" ? { slug: tenant, name: tenant } : tenant));
}

/** "Hotel São João" → "hotel-sao-joao". */
export function slugFrom(name: string): string {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
}
