import type { ComponentChildren } from "preact";
import { Brand } from "../ui/Brand";

export function AccountPage({
  title,
  lead,
  children,
}: {
  title: string;
  lead: string;
  children: ComponentChildren;
}) {
  return (
    <main class="account">
      <div class="account-sheet">
        <Brand />
        <h1>{title}</h1>
        <p class="account-lead">{lead}</p>
        {children}
      </div>
    </main>
  );
}
