import { signal } from "@preact/signals";

// Hash routes: the server answers one page and needs no rewrites.
export type Route =
  | { name: "inbox"; conversationId: string | null; card: boolean }
  /** `page` null: none was named. */
  | { name: "admin"; page: string | null }
  | { name: "board" }
  /** `query`: what the page is narrowed to, as it stands in the address. */
  | { name: "reports" | "behind"; query: string }
  | { name: "signUp" }
  | { name: "signIn" };

export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [first, second, third] = path.split("/");
  if (first === "canais") return { name: "admin", page: "canais" };
  if (first === "ajustes") return { name: "admin", page: second || null };
  if (first === "painel") return { name: "board" };
  if (first === "relatorios") return { name: second === "conversas" ? "behind" : "reports", query };
  if (first === "criar-conta") return { name: "signUp" };
  if (first === "entrar") return { name: "signIn" };
  return { name: "inbox", conversationId: second || null, card: third === "contato" };
}

export const href = {
  inbox: "#/conversas",
  conversation: (id: string) => `#/conversas/${id}`,
  card: (id: string) => `#/conversas/${id}/contato`,
  channels: "#/canais",
  settings: (page?: string) => (page ? `#/ajustes/${page}` : "#/ajustes"),
  board: "#/painel",
  reports: "#/relatorios",
  signUp: "#/criar-conta",
  signIn: "#/entrar",
};

export const route = signal<Route>(parseRoute(location.hash));

/** At once, not when the browser tells of it: a key pressed in between belongs to the new page. */
export function go(to: string): void {
  location.hash = to;
  route.value = parseRoute(location.hash);
}

window.addEventListener("hashchange", () => {
  route.value = parseRoute(location.hash);
});
