import { type Ask, request } from "./request";
import type { Routes } from "./schema";

export type Route = keyof Routes;
export type Answer<R extends Route> = Routes[R]["answer"];
export type Query<R extends Route> = Routes[R] extends { query: infer Q } ? Q : undefined;
export type Body<R extends Route> = Routes[R] extends { body: infer B } ? B : undefined;

type PlaceNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceNames<Rest>
  : never;
type Places<R extends Route> = [PlaceNames<R>] extends [never]
  ? unknown
  : { [name in PlaceNames<R>]: string };

/** What a route is asked with: its places in the path by their names, its query, its body. */
export type Asked<R extends Route> = Places<R> &
  (Body<R> extends undefined ? unknown : { body: Body<R> }) & {
    query?: Query<R>;
  } & Pick<Ask, "signal" | "anonymous">;

type NothingNeeded = Pick<Ask, "signal" | "anonymous">;

/** The whole answer, for what its headers say. */
export function callForResponse<R extends Route>(route: R, asked: Asked<R>): Promise<Response> {
  const { body, query, signal, anonymous, ...places } = asked as Ask & Record<string, string>;
  const [method = "", path = ""] = route.split(" ");
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(places[name] ?? ""));
  return request(method, filled, { body, query, signal, anonymous });
}

/** Asks one of the routes that the server describes, in its own words. */
export async function call<R extends Route>(
  route: R,
  ...[asked]: NothingNeeded extends Asked<R> ? [Asked<R>?] : [Asked<R>]
): Promise<Answer<R>> {
  const answer = await callForResponse(route, asked ?? ({} as Asked<R>));
  return answer.status === 204 ? (undefined as Answer<R>) : await answer.json();
}
