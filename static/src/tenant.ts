import { computed, signal } from "@preact/signals";
import { type Body, call } from "./api/call";
import type { SettingsOut, TenantOut } from "./api/schema";
import { keepSession, session } from "./session";

export const WEEKDAYS = [
  "MONDAY",
  "TUESDAY",
  "WEDNESDAY",
  "THURSDAY",
  "FRIDAY",
  "SATURDAY",
  "SUNDAY",
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** What may be left out when it is sent is always there when it is read. */
type Whole<T> = T extends readonly (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { [Name in keyof T]-?: Whole<T[Name]> }
    : T;

export type TenantSettings = Whole<SettingsOut>;
export type TenantDetails = Omit<TenantOut, "settings"> & { settings: TenantSettings };
export type TenantChange = Body<"PATCH /api/tenant">;
/** `settings.hours` null: always open. */
export type BusinessHours = NonNullable<TenantSettings["hours"]>;
/** By the names of `WEEKDAYS`. */
export type Weekly = BusinessHours["weekly"];
/** Closed all day, or open in its own periods only. */
export type Holiday = BusinessHours["holidays"][number];
/** "08:30" by the tenant's own clock; "24:00" ends a day. */
export type Period = Holiday["periods"][number];
export type Branding = TenantSettings["branding"];

const read = signal<TenantDetails | null>(null);
export const hasTenantFailed = signal(false);

/** The house one is signed in to, with its settings; null until it is read. */
export const tenant = computed(() => (read.value?.id === session.value?.tenant.id ? read.value : null));

/** Whoever is signed in knows the name from when he did so. */
function keep(answer: TenantOut): void {
  const known = session.value;
  read.value = answer as TenantDetails;
  if (known?.tenant.id !== answer.id || known.tenant.name === answer.name) return;
  keepSession({ ...known, tenant: { ...known.tenant, name: answer.name } });
}

export async function loadTenant(): Promise<void> {
  try {
    keep(await call("GET /api/tenant"));
    hasTenantFailed.value = false;
  } catch {
    hasTenantFailed.value = true;
  }
}

/** Something in it has changed: what is shown is read again, and what stands stays where that fails. */
export async function rereadTenant(): Promise<void> {
  if (read.value) await loadTenant();
}

/** Of the settings only what is given changes. */
export async function changeTenant(body: TenantChange): Promise<void> {
  keep(await call("PATCH /api/tenant", { body }));
}
