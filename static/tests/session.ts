import type { SignedIn } from "../src/wire";

/** Somebody signed in, with what a test cares about in its place. */
export function session(user: Partial<SignedIn["user"]> = {}): SignedIn {
  return {
    user: {
      id: "me",
      email: "a@hotel.com",
      name: "Ana",
      role: "ADMIN",
      status: "ACTIVE",
      avatarUrl: null,
      tenantId: "h",
      permissions: [],
      ...user,
    },
    token: "t",
    accessToken: "t",
    refreshToken: "r",
    tenant: { id: "h", slug: "hotel", name: "Hotel" },
  };
}
