import { w } from "../../words";
import { Pasted } from "../ui/Pasted";

interface Props {
  url: string;
  /** Known only right after it was made: the server never tells it again. */
  verifyToken?: string;
}

export function ToPasteIntoMeta({ url, verifyToken }: Props) {
  return (
    <details class="to-paste">
      <summary>{w.admin.channels.toPaste}</summary>
      <p class="field-note">{w.admin.channels.toPasteText}</p>
      <Pasted label={w.channels.webhook} text={url} />
      {verifyToken && <Pasted label={w.channels.verifyToken} text={verifyToken} />}
      <Pasted label={w.admin.channels.fieldsToSubscribe} text="messages" />
    </details>
  );
}
