import { effect } from "@preact/signals";
import { keepHere, keptHere } from "../kept";
import { tenant } from "../tenant";
import { language } from ".";
import { preferredLanguage } from "./languages";

/** Keeps the house's language for the next start; the first visit to a house of another language starts again. */
export function speakAsHouse(): () => void {
  return effect(() => {
    const locale = tenant.value?.locale;
    if (!locale || locale === keptHere("locale")) return;
    keepHere("locale", locale);
    if (preferredLanguage() !== language) location.reload();
  });
}
