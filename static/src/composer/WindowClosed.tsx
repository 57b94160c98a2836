import { useState } from "preact/hooks";
import type { Id } from "../wire";
import { w } from "../words";
import { ComposerNotice } from "./ComposerNotice";
import { TemplatePicker } from "./TemplatePicker";

export function WindowClosed({ conversationId }: { conversationId: Id }) {
  const [isChoosing, setChoosing] = useState(false);
  return (
    <>
      <ComposerNotice icon="clock" title={w.composer.windowTitle} text={w.composer.windowText}>
        <button type="button" class="button button-main" onClick={() => setChoosing(true)}>
          {w.composer.chooseTemplate}
        </button>
      </ComposerNotice>
      {isChoosing && <TemplatePicker conversationId={conversationId} onClose={() => setChoosing(false)} />}
    </>
  );
}
