import type { NewTemplate } from "../api";
import type { Media, Template } from "../wire";

const PLACE = /\{\{\s*([\w]+)\s*\}\}/g;

const MEDIA = ["IMAGE", "VIDEO", "DOCUMENT"] as const;
export type HeaderMedia = (typeof MEDIA)[number];

export interface TemplateParts {
  header: string;
  /** A file above the text, to be given each time. */
  headerMedia: HeaderMedia | null;
  body: string;
  footer: string;
  buttons: string[];
  /** Buttons whose address ends in something to be given each time, by their place. */
  openButtons: { index: number; title: string }[];
}

// The server passes on what the provider says of a template's parts, whatever that is.
const textOf = (value: unknown) => (typeof value === "string" ? value : "");

export function partsOf({ components, body }: Template): TemplateParts {
  const part = (type: string) => components.find((component) => component.type === type);
  const header = part("HEADER");
  const given: unknown = part("BUTTONS")?.buttons;
  const all = Array.isArray(given)
    ? given.map((one) => ({ title: textOf(one?.text), url: textOf(one?.url) }))
    : [];
  return {
    header: textOf(header?.text),
    headerMedia: MEDIA.find((kind) => kind === header?.format) ?? null,
    body,
    footer: textOf(part("FOOTER")?.text),
    buttons: all.map(({ title }) => title),
    openButtons: all.flatMap(({ title, url }, index) => (placesIn(url).length > 0 ? [{ index, title }] : [])),
  };
}

function placesIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(PLACE), (match) => match[1] ?? ""))];
}

/** The body's placeholders in order of first appearance: `{{1}}` or `{{nome}}`. */
export const placesOf = (template: Template): string[] => placesIn(partsOf(template).body);

/** WhatsApp allows one. */
export const headerPlace = (template: Template): string | null =>
  placesIn(partsOf(template).header)[0] ?? null;

/** Puts the parameters in; a place without one stays as it is written. */
export function fill(template: Template, parameters: readonly string[]): string {
  const places = placesOf(template);
  return partsOf(template).body.replace(PLACE, (whole, place) => parameters[places.indexOf(place)] || whole);
}

export const fillHeader = (template: Template, value: string): string =>
  partsOf(template).header.replace(PLACE, (whole) => value || whole);

/** What the agent gives for a template's open places. */
export interface Filling {
  /** The header's variable, or the address of its file where none is attached. */
  header: string;
  file: Media | null;
  body: readonly string[];
  /** The end of a button's address, by the button's place. */
  ends: Readonly<Record<number, string>>;
}

const isNamed = (place: string) => !/^\d+$/.test(place);

function textParameter(text: string, place: string) {
  return { type: "text", text, ...(isNamed(place) ? { parameter_name: place } : {}) };
}

function headerComponent(template: Template, { header: value, file }: Filling) {
  const { headerMedia } = partsOf(template);
  const place = headerPlace(template);
  // The server puts its own file there.
  if (headerMedia && file) return [];
  if (headerMedia) {
    const kind = headerMedia.toLowerCase();
    return [{ type: "header", parameters: [{ type: kind, [kind]: { link: value } }] }];
  }
  return place === null ? [] : [{ type: "header", parameters: [textParameter(value, place)] }];
}

/** `parameters` alone fill a numbered body; WhatsApp wants every part spelled out where there is more. */
export function templateMessage(template: Template, filling: Filling): NewTemplate {
  const { body, ends, file } = filling;
  const places = placesOf(template);
  const above = headerComponent(template, filling);
  const below = partsOf(template).openButtons.map(({ index }) => ({
    type: "button",
    sub_type: "url",
    index: String(index),
    parameters: [{ type: "text", text: ends[index] ?? "" }],
  }));
  const message = {
    templateName: template.name,
    languageCode: template.language,
    parameters: [...body],
    ...(file && { mediaId: file.id }),
  };
  if (above.length + below.length === 0 && !places.some(isNamed)) return message;
  const filled = body.map((text, at) => textParameter(text, places[at] ?? ""));
  const middle = filled.length > 0 ? [{ type: "body", parameters: filled }] : [];
  return { ...message, components: [...above, ...middle, ...below] };
}

/** The header's variable of a template that was sent. */
export function sentHeader(components: unknown): string {
  if (!Array.isArray(components)) return "";
  const header = components.find((one) => textOf(one?.type).toLowerCase() === "header");
  return textOf(header?.parameters?.[0]?.text);
}
