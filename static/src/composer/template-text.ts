import type { Template } from "../wire";

const PLACE = /\{\{\s*([\w]+)\s*\}\}/g;

export interface TemplateParts {
  header: string;
  body: string;
  footer: string;
  buttons: string[];
}

// The server passes on what the provider says of a template's parts, whatever that is.
const textOf = (value: unknown) => (typeof value === "string" ? value : "");

export function partsOf({ components, body }: Template): TemplateParts {
  const part = (type: string) => components.find((component) => component.type === type);
  const buttons = part("BUTTONS")?.buttons;
  return {
    header: textOf(part("HEADER")?.text),
    body,
    footer: textOf(part("FOOTER")?.text),
    buttons: Array.isArray(buttons) ? buttons.map((button) => textOf(button?.text)) : [],
  };
}

/** The body's placeholders in order of first appearance: `{{1}}` or `{{nome}}`. */
export function placesOf(template: Template): string[] {
  const found = [...partsOf(template).body.matchAll(PLACE)].map((match) => match[1] ?? "");
  return [...new Set(found)];
}

/** Puts the parameters in; a place without one stays as it is written. */
export function fill(template: Template, parameters: readonly string[]): string {
  const places = placesOf(template);
  return partsOf(template).body.replace(PLACE, (whole, place) => parameters[places.indexOf(place)] || whole);
}
