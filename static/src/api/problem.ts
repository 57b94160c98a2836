export interface FieldProblem {
  field: string;
  message: string;
}

interface ProblemBody {
  error?: string;
  message?: string;
  details?: FieldProblem[];
}

/** An answer that is not a success. `status` 0 means that the server was not reached. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly FieldProblem[];
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    const known = body as ProblemBody;
    super(known.message ?? "");
    this.status = status;
    this.code = known.error ?? (status === 0 ? "OFFLINE" : "UNKNOWN");
    this.details = Array.isArray(known.details) ? known.details : [];
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
