import { useState } from "preact/hooks";
import type { SignUp as SignUpForm } from "../api";
import { href } from "../route";
import { Field } from "../ui/Field";
import { FormProblem } from "../ui/FormProblem";
import { useForm } from "../ui/form";
import { w } from "../words";
import { AccountPage } from "./AccountPage";
import { signUp, slugFrom } from "./account";
import { PasswordField } from "./PasswordField";

const SLUG = "[a-z0-9][a-z0-9\\-]{1,38}[a-z0-9]";

export function SignUp() {
  const [company, setCompany] = useState("");
  const [slug, setSlug] = useState<string | null>(null);
  const form = useForm((values) => signUp(values as unknown as SignUpForm));
  return (
    <AccountPage title={w.account.signUpTitle} lead={w.account.signUpLead}>
      <form class="form" onSubmit={form.onSubmit}>
        <FormProblem text={form.problem} />
        <Field label={w.account.company} problem={form.fields.tenantName}>
          {(control) => (
            <input
              {...control}
              class="input"
              name="tenantName"
              autocomplete="organization"
              value={company}
              onInput={(event) => setCompany(event.currentTarget.value)}
              required
            />
          )}
        </Field>
        <Field label={w.account.slug} hint={w.account.slugHint} problem={form.fields.tenantSlug}>
          {(control) => (
            <input
              {...control}
              class="input"
              name="tenantSlug"
              pattern={SLUG}
              title={w.account.slugHint}
              value={slug ?? slugFrom(company)}
              onInput={(event) => setSlug(event.currentTarget.value)}
              required
            />
          )}
        </Field>
        <Field label={w.account.yourName} problem={form.fields.userName}>
          {(control) => <input {...control} class="input" name="userName" autocomplete="name" required />}
        </Field>
        <Field label={w.account.email} problem={form.fields.email}>
          {(control) => (
            <input {...control} class="input" name="email" type="email" autocomplete="username" required />
          )}
        </Field>
        <PasswordField isNew problem={form.fields.password} />
        <button class="button button-main" type="submit" disabled={form.isSending}>
          {w.account.signUp}
        </button>
      </form>
      <p class="account-other">
        {w.account.haveAccount} <a href={href.signIn}>{w.account.signIn}</a>
      </p>
    </AccountPage>
  );
}
