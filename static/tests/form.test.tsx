import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, it, vi } from "vitest";
import { Problem } from "../src/api";
import { Field } from "../src/ui/Field";
import { FormProblem } from "../src/ui/FormProblem";
import { useForm } from "../src/ui/form";

const place = document.body.appendChild(document.createElement("div"));
const texts = (of: string) => [...document.querySelectorAll(of)].map((one) => one.textContent);

function Form({ send }: { send: () => Promise<void> }) {
  const { onSubmit, problem, fields } = useForm(send);
  return (
    <form onSubmit={onSubmit}>
      {["first", "name"].map((name) => (
        <Field key={name} label={name} problem={fields[name]}>
          {(control) => <input {...control} name={name} />}
        </Field>
      ))}
      <FormProblem text={problem} />
    </form>
  );
}

async function refuse(details: Record<string, string>): Promise<void> {
  const problem = new Problem(422, {
    message: "Dados inválidos.",
    details: Object.entries(details).map(([field, message]) => ({ field, message })),
  });
  act(() => render(<Form send={() => Promise.reject(problem)} />, place));
  document.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await vi.waitFor(() => expect(document.querySelector("[role=alert], .field-problem")).not.toBeNull());
}

afterEach(() => act(() => render(null, place)));

it("a form says what is wrong once: beside the field, which takes the focus", async () => {
  await refuse({ name: "Já existe." });
  expect(texts(".field-problem")).toEqual(["Já existe."]);
  expect(texts(".form-problem")).toEqual([]);
  await vi.waitFor(() => expect(document.activeElement?.getAttribute("name")).toBe("name"));
});

it.each([[{}], [{ name: "Já existe.", hidden: "Falta." }]])(
  "below, where no field says it: %o",
  async (details) => {
    await refuse(details);
    await vi.waitFor(() => expect(texts(".form-problem")).toEqual(["Dados inválidos."]));
  },
);
