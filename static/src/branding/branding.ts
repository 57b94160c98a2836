import { computed, effect } from "@preact/signals";
import { session } from "../session";
import { loadTenant, tenant } from "../tenant";
import { TOKEN_NAMES, tokensOf } from "./palette";

const KEY = "balcao.color";

/** As kept from the last visit until the house itself has answered: no flash of another colour. */
const color = computed(() => {
  if (!session.value) return null;
  return tenant.value ? tenant.value.settings.branding.color : localStorage.getItem(KEY);
});

export const logoPath = computed(() => {
  const id = tenant.value?.settings.branding.logoMediaId;
  return id ? `/api/media/${id}` : null;
});

function paint(hex: string | null): void {
  const { style } = document.documentElement;
  const tokens = tokensOf(hex);
  for (const name of TOKEN_NAMES) {
    if (tokens[name]) style.setProperty(name, tokens[name]);
    else style.removeProperty(name);
  }
}

effect(() => paint(color.value));

effect(() => {
  if (!tenant.value) return;
  const own = tenant.value.settings.branding.color;
  if (own) localStorage.setItem(KEY, own);
  else localStorage.removeItem(KEY);
});

/** For as long as the console is shown. */
export function dressConsole(): void {
  void loadTenant();
}
