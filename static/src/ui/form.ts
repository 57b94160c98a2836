import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../api";
import { problemText } from "../notices";

export type FieldProblems = Readonly<Record<string, string>>;

const nothingWrong: FieldProblems = {};

/** Sends a form once at a time and keeps what the server said of it: by field, or whole where no field shows it. */
export function useForm(send: (values: Record<string, string>) => Promise<void>) {
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [fields, setFields] = useState(nothingWrong);
  const shown = useRef(new Set<string>()).current;
  const form = useRef<HTMLFormElement | null>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(), [fields]);

  async function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    if (isSending) return;
    form.current = event.currentTarget as HTMLFormElement;
    const values = Object.fromEntries(new FormData(form.current)) as Record<string, string>;
    setSending(true);
    setProblem(null);
    setFields(nothingWrong);
    try {
      await send(values);
    } catch (thrown) {
      const [found, whole] = [byField(thrown), problemText(thrown)];
      const names = Object.keys(found);
      const isShownWhole = names.length === 0 || names.some((name) => !shown.has(name));
      setFields(found);
      setProblem(isShownWhole ? whole : null);
    } finally {
      setSending(false);
    }
  }

  return { onSubmit, isSending, problem, fields: noting(fields, shown) };
}

function byField(thrown: unknown): FieldProblems {
  const details = thrown instanceof Problem ? thrown.details : [];
  return Object.fromEntries(details.map(({ field, message }) => [field, message]));
}

/** The same, while `asked` takes down which names are asked for: those have a place where they are shown. */
const noting = (problems: FieldProblems, asked: Set<string>): FieldProblems =>
  new Proxy(problems, {
    get(_, name) {
      asked.add(String(name));
      return problems[String(name)];
    },
  });
