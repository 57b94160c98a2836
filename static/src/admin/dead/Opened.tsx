import { useEffect, useState } from "preact/hooks";
import { CopyButton } from "../../ui/CopyButton";
import { Dialog } from "../../ui/Dialog";
import type { Id } from "../../wire";
import { w } from "../../words";
import { adminApi } from "../api";
import { Failed, Loading } from "../ui/Listed";
import type { OpenedDeadLetter } from "../wire";

/** What came, without its secrets. */
export function Opened({ id, onClose }: { id: Id; onClose: () => void }) {
  const [letter, setLetter] = useState<OpenedDeadLetter | "failed" | null>(null);
  const read = () => {
    setLetter(null);
    adminApi.deadLetter(id).then(setLetter, () => setLetter("failed"));
  };
  useEffect(read, [id]);
  return (
    <Dialog title={w.admin.dead.content} onClose={onClose} wide>
      <div class="dialog-body">
        {letter === null && <Loading />}
        {letter === "failed" && <Failed onRetry={read} />}
        {letter && letter !== "failed" && (
          <>
            <div class="opened-head">
              <span class="field-note">{letter.cut ? w.admin.dead.cut : w.admin.dead.noSecrets}</span>
              <CopyButton text={letter.content} />
            </div>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must reach it. */}
            <pre class="opened" tabIndex={0}>
              {letter.content}
            </pre>
          </>
        )}
      </div>
    </Dialog>
  );
}
