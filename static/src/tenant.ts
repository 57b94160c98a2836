import { computed, signal } from "@preact/signals";
import { type Body, call } from "./api/call";
import type { SettingsOut, TenantOut } from "./api/schema";
import { session } from "./session";

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

export async function loadTenant(): Promise<void> {
  try {
    read.value = (await call("GET /api/tenant")) as TenantDetails;
    hasTenantFailed.value = false;
  } catch {
    hasTenantFailed.value = true;
  }
}

/** Of the settings only what is given changes. */
export async function changeTenant(body: TenantChange): Promise<void> {
  read.value = (await call("PATCH /api/tenant", { body })) as TenantDetails;
}
