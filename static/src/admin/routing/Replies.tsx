import { href } from "../../route";
import type { TenantSettings } from "../../tenant";
import { Field } from "../../ui/Field";
import { w } from "../../words";
import { Panel } from "../ui/Panel";
import { Switch } from "../ui/Switch";

type AutomaticReplies = TenantSettings["replies"];
type ReplyName = keyof AutomaticReplies;

interface Props {
  replies: AutomaticReplies;
  hasHours: boolean;
  onChange: (part: Partial<AutomaticReplies>) => void;
}

const LIMIT = 1000;

interface ReplyProps {
  name: ReplyName;
  text: string | null;
  onChange: (text: string | null) => void;
}

function Reply({ name, text, onChange }: ReplyProps) {
  const words = w.admin.routing[name];
  return (
    <div class="reply">
      <Switch
        label={words.label}
        hint={words.hint}
        isOn={text !== null}
        onChange={(isOn) => onChange(isOn ? words.example : null)}
      />
      {text !== null && (
        <Field label={words.text} count={w.builder.left(text.length, LIMIT)}>
          {(control) => (
            <textarea
              {...control}
              class="input"
              rows={3}
              maxLength={LIMIT}
              value={text}
              onInput={(event) => onChange(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
    </div>
  );
}

/** What the house answers by itself. */
export function Replies({ replies, hasHours, onChange }: Props) {
  return (
    <Panel title={w.admin.routing.replies} hint={w.admin.routing.repliesHint}>
      <Reply name="greeting" text={replies.greeting} onChange={(greeting) => onChange({ greeting })} />
      <Reply name="away" text={replies.away} onChange={(away) => onChange({ away })} />
      {replies.away !== null && !hasHours && (
        <p class="settings-panel-warning">
          {w.admin.routing.noHours} <a href={href.settings("horarios")}>{w.admin.pages.horarios}</a>
        </p>
      )}
      <Reply name="survey" text={replies.survey} onChange={(survey) => onChange({ survey })} />
    </Panel>
  );
}
