import { said } from "../words";

/** What the provider itself says. In Portuguese the server has quoted it already. */
export function OwnWords({ text }: { text: string | null | undefined }) {
  if (!said || !text) return null;
  return (
    <span class="own-words">
      {said.ownWords} <q lang="en">{text}</q>
    </span>
  );
}
