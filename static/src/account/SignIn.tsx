import { useState } from "preact/hooks";
import type { Credentials } from "../api";
import { href } from "../route";
import { signedOutBecause } from "../session";
import { Field } from "../ui/Field";
import { FormProblem } from "../ui/FormProblem";
import { useForm } from "../ui/form";
import { w } from "../words";
import { AccountPage } from "./AccountPage";
import { signIn, type TenantChoice, tenantsToChoose } from "./account";
import { PasswordField } from "./PasswordField";
import { TenantChooser } from "./TenantChooser";

export function SignIn() {
  const [choice, setChoice] = useState<{ tenants: TenantChoice[]; credentials: Credentials } | null>(null);
  const form = useForm(async ({ email = "", password = "" }) => {
    const credentials = { email: email.trim(), password };
    await signIn(credentials).catch((problem) => {
      const tenants = tenantsToChoose(problem);
      if (!tenants) throw problem;
      setChoice({ tenants, credentials });
    });
  });
  if (choice) return <TenantChooser {...choice} onBack={() => setChoice(null)} />;
  const expired = signedOutBecause.value === "expired" && w.account.expired;
  return (
    <AccountPage title={w.account.signInTitle} lead={expired || w.account.signInLead}>
      <form class="form" onSubmit={form.onSubmit}>
        <FormProblem text={form.problem} />
        <Field label={w.account.email} problem={form.fields.email}>
          {(control) => (
            <input {...control} class="input" name="email" type="email" autocomplete="username" required />
          )}
        </Field>
        <PasswordField problem={form.fields.password} />
        <button class="button button-main" type="submit" disabled={form.isSending}>
          {w.account.signIn}
        </button>
      </form>
      <p class="account-other">
        {w.account.noAccount} <a href={href.signUp}>{w.account.signUp}</a>
      </p>
    </AccountPage>
  );
}
