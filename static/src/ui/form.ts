import { useState } from "preact/hooks";
import { Problem } from "../api";
import { problemText } from "../notices";

export type FieldProblems = Readonly<Record<string, string>>;

/** Sends a form once at a time and keeps what the server said of it, whole and by field. */
export function useForm(send: (values: Record<string, string>) => Promise<void>) {
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [fields, setFields] = useState<FieldProblems>({});

  async function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    if (isSending) return;
    const values = Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement)) as Record<
      string,
      string
    >;
    setSending(true);
    setProblem(null);
    setFields({});
    try {
      await send(values);
    } catch (thrown) {
      setFields(byField(thrown));
      setProblem(problemText(thrown));
    } finally {
      setSending(false);
    }
  }

  return { onSubmit, isSending, problem, fields };
}

function byField(thrown: unknown): FieldProblems {
  const details = thrown instanceof Problem ? thrown.details : [];
  return Object.fromEntries(details.map(({ field, message }) => [field, message]));
}
