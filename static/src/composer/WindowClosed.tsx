import { useState } from "preact/hooks";
import type { Conversation } from "../wire";
import { w } from "../words";
import { ComposerNotice } from "./ComposerNotice";
import { TemplatePicker } from "./TemplatePicker";

/** Only a template may go: to whom has been silent for a day, and to whom has never written. */
export function WindowClosed({ conversation: { id, windowExpiresAt } }: { conversation: Conversation }) {
  const [isChoosing, setChoosing] = useState(false);
  const { windowTitle, windowText, strangerTitle, strangerText } = w.composer;
  const isStranger = windowExpiresAt === null;
  return (
    <>
      <ComposerNotice
        icon="clock"
        title={isStranger ? strangerTitle : windowTitle}
        text={isStranger ? strangerText : windowText}
      >
        <button type="button" class="button button-main" onClick={() => setChoosing(true)}>
          {w.composer.chooseTemplate}
        </button>
      </ComposerNotice>
      {isChoosing && <TemplatePicker conversationId={id} onClose={() => setChoosing(false)} />}
    </>
  );
}
