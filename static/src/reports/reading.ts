import { Problem } from "../api";
import { call, callForResponse, type Query } from "../api/call";
import { type Filters, queryOf } from "./filters";
import type { FiguresReport, LatencyReport } from "./wire";

const LETS_GO_MS = 60_000;

/** Everything the page shows. */
export interface Report {
  figures: FiguresReport;
  latency: LatencyReport;
}

export async function readReport(filters: Filters, signal: AbortSignal): Promise<Report> {
  const query: Query<"GET /api/reports/figures"> = queryOf(filters);
  const { teamId, agentId, ...whole } = query;
  const [figures, latency] = await Promise.all([
    call("GET /api/reports/figures", { query, signal }),
    call("GET /api/reports/latency", { query: whole, signal }),
  ]);
  return { figures, latency };
}

/** Has the browser keep the table as a file; a plain link could not carry the token. */
export async function saveCsv(filters: Filters): Promise<void> {
  const answer = await callForResponse("GET /api/reports/conversations.csv", { query: queryOf(filters) });
  const content = await answer.blob().catch(() => {
    throw new Problem(0, {});
  });
  const address = URL.createObjectURL(content);
  const link = Object.assign(document.createElement("a"), { href: address, download: "conversas.csv" });
  link.click();
  // Not every browser has begun to read it by the time the click returns.
  setTimeout(() => URL.revokeObjectURL(address), LETS_GO_MS);
}
