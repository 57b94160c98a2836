import { useState } from "preact/hooks";
import { Field } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { w } from "../words";

interface Props {
  isNew?: boolean;
  problem?: string;
}

export function PasswordField({ isNew, problem }: Props) {
  const [isShown, setShown] = useState(false);
  return (
    <Field label={w.account.password} hint={isNew ? w.account.passwordHint : undefined} problem={problem}>
      {(control) => (
        <div class="with-button">
          <input
            {...control}
            class="input"
            name="password"
            {...(isShown ? { type: "text" } : { type: "password" })}
            autocomplete={isNew ? "new-password" : "current-password"}
            minLength={isNew ? 8 : undefined}
            required
          />
          <button
            type="button"
            class="icon-button"
            aria-label={isShown ? w.account.hidePassword : w.account.showPassword}
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
          >
            <Icon name="eye" />
          </button>
        </div>
      )}
    </Field>
  );
}
