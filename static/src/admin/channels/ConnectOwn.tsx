import { useEffect, useRef, useState } from "preact/hooks";
import { randomKey } from "../../key";
import { channels } from "../../lists";
import { Field } from "../../ui/Field";
import { FormProblem } from "../../ui/FormProblem";
import { useForm } from "../../ui/form";
import type { Channel } from "../../wire";
import { w } from "../../words";
import { adminApi } from "../api";
import { ChecksOf } from "./ChecksOf";
import { FieldsOfMeta } from "./FieldsOfMeta";
import { FROM_META } from "./fields";
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

interface CopyProps {
  verifyToken: string;
  onConnected: (channel: Channel) => void;
  onBack: () => void;
}

function CopyFromMeta({ verifyToken, onConnected, onBack }: CopyProps) {
  const form = useForm(async (values) => {
    const trimmed = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, text.trim()]));
    const { name = "", phoneNumberId = "", wabaId = "", accessToken = "", appSecret = "" } = trimmed;
    const draft = { name, phoneNumberId, wabaId, accessToken, appSecret, verifyToken };
    onConnected(await adminApi.connectChannel(draft));
  });
  return (
    <form class="form" onSubmit={form.onSubmit} autocomplete="off">
      <FormProblem text={form.problem} />
      <Field label={w.channels.name} hint={w.admin.channels.nameHint} problem={form.fields.name}>
        {(control) => (
          <input
            {...control}
            class="input"
            name="name"
            maxLength={80}
            placeholder={w.channels.namePlaceholder}
            required
          />
        )}
      </Field>
      <FieldsOfMeta fields={FROM_META} problems={form.fields} />
      <div class="form-acts">
        <button type="button" class="button" onClick={onBack}>
          {w.back}
        </button>
        <button type="submit" class="button button-main" disabled={form.isSending}>
          {form.isSending ? w.admin.channels.connecting : w.channels.submit}
        </button>
      </div>
    </form>
  );
}

interface CheckProps {
  channel: Channel;
  verifyToken: string;
  onDone: () => void;
}

function CheckAtMeta({ channel, verifyToken, onDone }: CheckProps) {
  const known = channels.rows.value.find(({ id }) => id === channel.id) ?? channel;
  return (
    <div class="form">
      <p>{known.status === "CONNECTED" ? w.admin.channels.ready : w.admin.channels.notReady}</p>
      <ChecksOf channelId={channel.id} isAtOnce />
      <ToPasteIntoMeta url={channel.webhookUrl ?? ""} verifyToken={verifyToken} />
      <div class="form-acts">
        <button type="button" class="button button-main" onClick={onDone}>
          {w.admin.channels.finish}
        </button>
      </div>
    </div>
  );
}

/** The way from Meta's pages to a number that answers, one thing at a time. */
export function ConnectOwn({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const [step, setStep] = useState<StepName>("prepare");
  const [verifyToken] = useState(randomKey);
  const [channel, setChannel] = useState<Channel | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [step]);
  const connected = (made: Channel) => {
    setChannel(made);
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
        <CopyFromMeta verifyToken={verifyToken} onConnected={connected} onBack={() => setStep("prepare")} />
      )}
      {step === "check" && channel && (
        <CheckAtMeta channel={channel} verifyToken={verifyToken} onDone={onDone} />
      )}
    </section>
  );
}
