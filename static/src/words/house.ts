import { effect } from "@preact/signals";
import { keepHere, keptHere } from "../kept";
import { tenant } from "../tenant";
import type { Id } from "../wire";
import { language } from ".";
import { preferredLanguage } from "./languages";

/** Keeps the house's language for the next start. Only a start may begin again in it: later somebody is at work. */
export function speakAsHouse(): () => void {
  let entered: Id | null = null;
  return effect(() => {
    if (!tenant.value) return;
    const { id, locale } = tenant.value;
    const isStart = entered !== id;
    entered = id;
    if (locale === keptHere("locale")) return;
    keepHere("locale", locale);
    if (isStart && preferredLanguage() !== language) location.reload();
  });
}
