import { Icon } from "./Icon";

export function FormProblem({ text }: { text: string | null }) {
  if (!text) return null;
  return (
    <p class="form-problem" role="alert">
      <Icon name="alert" />
      {text}
    </p>
  );
}
