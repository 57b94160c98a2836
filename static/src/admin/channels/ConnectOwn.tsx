import { useEffect, useRef, useState } from "preact/hooks";
import { randomKey } from "../../key";
import { channels } from "../../lists";
import type { Channel } from "../../wire";
import { w } from "../../words";
import type { NewChannel } from "../wire";
import { ChecksOf } from "./ChecksOf";
import { CopyFromMeta } from "./CopyFromMeta";
import { connect, type Made } from "./connecting";
import type { Typed } from "./fields";
import { type StepName, Steps } from "./Steps";
import { ToPasteIntoMeta } from "./ToPasteIntoMeta";

const META = "https://developers.facebook.com/apps/";

function Prepare({ onNext, onCancel }: { onNext: () => void; onCancel: () => void }) {
  return (
    <div class="form">
      <ol class="instructions">
        {w.admin.channels.instructions.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ol>
      <p>
        <a href={META} target="_blank" rel="noopener noreferrer">
          {w.admin.channels.openMeta}
        </a>
      </p>
      <div class="form-acts">
        <button type="button" class="button" onClick={onCancel}>
          {w.cancel}
        </button>
        <button type="button" class="button button-main" onClick={onNext}>
          {w.admin.channels.haveThem}
        </button>
      </div>
    </div>
  );
}

interface CheckProps {
  channel: Channel;
  verifyToken: string;
  onBack: () => void;
  onDone: () => void;
}

function CheckAtMeta({ channel, verifyToken, onBack, onDone }: CheckProps) {
  return (
    <div class="form">
      <p>{channel.status === "CONNECTED" ? w.admin.channels.ready : w.admin.channels.notReady}</p>
      <ChecksOf channelId={channel.id} isAtOnce />
      <ToPasteIntoMeta url={channel.webhookUrl ?? ""} verifyToken={verifyToken} />
      <div class="form-acts">
        <button type="button" class="button" onClick={onBack}>
          {w.back}
        </button>
        <button type="button" class="button button-main" onClick={onDone}>
          {w.admin.channels.finish}
        </button>
      </div>
    </div>
  );
}

/** The way from Meta's pages to a number that answers, one thing at a time, and back. */
export function ConnectOwn({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const [step, setStep] = useState<StepName>("prepare");
  const [verifyToken] = useState(randomKey);
  const [made, setMade] = useState<Made | null>(null);
  const typed = useRef<Typed>({});
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [step]);
  const channel = made && (channels.rows.value.find(({ id }) => id === made.channel.id) ?? made.channel);
  const send = async (copied: Omit<NewChannel, "verifyToken">) => {
    setMade(await connect({ ...copied, verifyToken }, made, () => setMade(null)));
    setStep("check");
    void channels.reload();
  };
  return (
    <section class="settings-panel guide">
      <Steps current={step} />
      <h2 ref={heading} tabIndex={-1}>
        {w.admin.channels.stepTitles[step]}
      </h2>
      {step === "prepare" && <Prepare onNext={() => setStep("copy")} onCancel={onCancel} />}
      {step === "copy" && (
        <CopyFromMeta
          typed={typed.current}
          onType={(now) => {
            typed.current = now;
          }}
          isNumberFixed={channel?.status === "CONNECTED"}
          onSend={send}
          onBack={() => setStep("prepare")}
        />
      )}
      {step === "check" && channel && (
        <CheckAtMeta
          channel={channel}
          verifyToken={verifyToken}
          onBack={() => setStep("copy")}
          onDone={onDone}
        />
      )}
    </section>
  );
}
