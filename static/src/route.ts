import { signal } from "@preact/signals";

// Hash routes: the server answers one page and needs no rewrites.
export type Route =
  | { name: "inbox"; conversationId: string | null; card: boolean }
  | { name: "channels" }
  | { name: "signUp" }
  | { name: "signIn" };

export function parseRoute(hash: string): Route {
  const [first, second, third] = hash.replace(/^#\/?/, "").split("/");
  if (first === "canais") return { name: "channels" };
  if (first === "criar-conta") return { name: "signUp" };
  if (first === "entrar") return { name: "signIn" };
  return { name: "inbox", conversationId: second || null, card: third === "contato" };
}

export const href = {
  inbox: "#/conversas",
  conversation: (id: string) => `#/conversas/${id}`,
  card: (id: string) => `#/conversas/${id}/contato`,
  channels: "#/canais",
  signUp: "#/criar-conta",
  signIn: "#/entrar",
};

export const route = signal<Route>(parseRoute(location.hash));

export function go(to: string): void {
  location.hash = to;
}

window.addEventListener("hashchange", () => {
  route.value = parseRoute(location.hash);
});
