import type { Template } from "../wire";

const PLACE = /\{\{\s*([\w]+)\s*\}\}/g;

export interface TemplateParts {
  header: string;
  body: string;
  footer: string;
  buttons: string[];
}

export function partsOf(template: Template): TemplateParts {
  const part = (type: string) => template.components.find((component) => component.type === type);
  return {
    header: part("HEADER")?.text ?? "",
    body: part("BODY")?.text ?? "",
    footer: part("FOOTER")?.text ?? "",
    buttons: part("BUTTONS")?.buttons?.map((button) => button.text) ?? [],
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
