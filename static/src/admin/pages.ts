import type { ComponentType } from "preact";
import { may } from "../session";
import type { IconName } from "../ui/Icon";
import { later } from "../ui/later";
import type { Permission } from "../wire";

/** The last part of its address. */
export type PageName =
  | "canais"
  | "modelos"
  | "pessoas"
  | "equipes"
  | "empresa"
  | "horarios"
  | "atendimento"
  | "assistente"
  | "respostas"
  | "etiquetas"
  | "marca"
  | "chaves"
  | "webhooks"
  | "saude"
  | "falhas"
  | "auditoria";

export interface SettingsPage {
  name: PageName;
  icon: IconName;
  needs: Permission;
  Page: ComponentType;
}

export type GroupName = "account" | "serving" | "phrases" | "programs" | "operation";

const page = (
  name: PageName,
  icon: IconName,
  needs: Permission,
  load: () => Promise<ComponentType>,
): SettingsPage => ({ name, icon, needs, Page: later(load) });

export const GROUPS: readonly { name: GroupName; pages: readonly SettingsPage[] }[] = [
  {
    name: "account",
    pages: [
      page("canais", "channel", "channels.edit", () => import("./channels/Channels").then((m) => m.Channels)),
      page("pessoas", "user", "agents.edit", () => import("./users/Users").then((m) => m.Users)),
      page("equipes", "team", "catalog.edit", () => import("./teams/Teams").then((m) => m.Teams)),
      page("empresa", "house", "tenant.edit", () => import("./company/Company").then((m) => m.Company)),
      page("marca", "image", "tenant.edit", () =>
        import("./branding/BrandingPage").then((m) => m.BrandingPage),
      ),
    ],
  },
  {
    name: "serving",
    pages: [
      page("horarios", "clock", "tenant.edit", () => import("./hours/Hours").then((m) => m.Hours)),
      page("atendimento", "transfer", "tenant.edit", () =>
        import("./routing/Routing").then((m) => m.Routing),
      ),
      page("assistente", "spark", "tenant.edit", () =>
        import("./assistant/Assistant").then((m) => m.Assistant),
      ),
    ],
  },
  {
    name: "phrases",
    pages: [
      page("respostas", "reply", "catalog.edit", () => import("./canned/Canned").then((m) => m.Canned)),
      page("modelos", "template", "catalog.edit", () =>
        import("./templates/Templates").then((m) => m.Templates),
      ),
      page("etiquetas", "tag", "catalog.edit", () => import("./tags/Tags").then((m) => m.Tags)),
    ],
  },
  {
    name: "programs",
    pages: [
      page("chaves", "key", "tenant.edit", () => import("./keys/ApiKeys").then((m) => m.ApiKeys)),
      page("webhooks", "link", "tenant.edit", () => import("./webhooks/Webhooks").then((m) => m.Webhooks)),
    ],
  },
  {
    name: "operation",
    pages: [
      page("saude", "pulse", "alarms.read", () => import("./health/HealthPage").then((m) => m.HealthPage)),
      page("falhas", "alert", "tenant.edit", () => import("./dead/DeadLetters").then((m) => m.DeadLetters)),
      page("auditoria", "list", "audit.read", () => import("./audit/Audit").then((m) => m.Audit)),
    ],
  },
];

/** What this person may change, in its groups. */
export const groupsOfMine = () =>
  GROUPS.map(({ name, pages }) => ({ name, pages: pages.filter(({ needs }) => may(needs)) })).filter(
    ({ pages }) => pages.length > 0,
  );

/** The page of that name, or the first there is; none where the person may change nothing. */
export function pageOf(name: string | null): SettingsPage | undefined {
  const mine = groupsOfMine().flatMap(({ pages }) => pages);
  return mine.find((one) => one.name === name) ?? mine[0];
}
