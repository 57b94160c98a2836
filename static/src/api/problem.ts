import { said } from "../words";

export interface FieldProblem {
  field: string;
  message: string;
}

interface ProblemBody {
  error?: string;
  reason?: string;
  message?: string;
  details?: (FieldProblem & { reason?: string })[];
}

const named = (words: Record<string, string> | undefined, name: string | undefined) =>
  name === undefined ? undefined : words?.[name];

/** In this page's language where the server gives it a name, else as the server says it. */
const messageOf = ({ error, reason, message = "" }: ProblemBody) =>
  named(said?.problems, reason) ?? named(said?.problems, error) ?? message;

const detailsOf = ({ details }: ProblemBody): FieldProblem[] =>
  Array.isArray(details)
    ? details.map(({ field, message, reason }) => ({
        field,
        message: named(said?.fields, reason) ?? message,
      }))
    : [];

/** An answer that is not a success. `status` 0 means that the server was not reached. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly FieldProblem[];
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    const known = body as ProblemBody;
    super(messageOf(known));
    this.status = status;
    this.code = known.error ?? (status === 0 ? "OFFLINE" : "UNKNOWN");
    this.details = detailsOf(known);
    this.body = body;
  }

  get isOffline(): boolean {
    return this.status === 0;
  }
}

export async function problemOf(answer: Response): Promise<Problem> {
  const text = await answer.text();
  const isJson = answer.headers.get("Content-Type")?.includes("json") ?? false;
  return new Problem(answer.status, isJson ? JSON.parse(text) : {});
}
