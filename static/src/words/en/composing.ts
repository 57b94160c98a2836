import type * as ptBR from "../pt-BR/composing";
import { voice } from "./voice";

export const composing: typeof ptBR.composing = {
  files: {
    title: (count) => (count === 1 ? "Send file" : `Send ${count} files`),
    drop: "Drop to attach",
    dropHint: "You can still write a caption before sending.",
    remove: (name) => `Remove ${name}`,
    camera: "Camera",
    captionOf: (name) => `Caption for ${name}`,
  },

  emoji: {
    open: "Emoji",
    search: "Search emoji",
    recent: "Recent",
    none: "No emoji by that name.",
    groups: {
      faces: "Faces",
      gestures: "Gestures and people",
      hearts: "Hearts and signs",
      nature: "Animals and nature",
      food: "Food",
      places: "Travel and places",
      things: "Objects",
    },
    names: () => import("./emoji").then(({ emoji }) => emoji),
  },

  acts: {
    menu: "Message options",
    react: (emoji) => `React with ${emoji}`,
    moreEmoji: "React with another emoji",
    unreact: "Remove reaction",
    copy: "Copy text",
    copied: "Text copied.",
    reactedByYou: "You reacted",
    reactedByCustomer: "The customer reacted",
    reactedByColleague: "Your team reacted",
  },

  voice,

  variables: {
    missing: "Fill in before sending:",
    find: (name) => `Go to ${name}`,
    greetings: { morning: "Good morning", afternoon: "Good afternoon", evening: "Good evening" },
  },

  location: {
    title: "Send location",
    name: "Location",
    place: "Coordinates or map link",
    placeHint: "Paste a link from Google Maps, OpenStreetMap or Waze, or type -23.5614, -46.6559.",
    unreadable:
      "There are no coordinates here. Short links don’t carry them: open the link and copy the full address.",
    placeName: "Place name",
    address: "Address",
  },

  template: {
    header: "Header",
    media: {
      IMAGE: "Header image",
      VIDEO: "Header video",
      DOCUMENT: "Header document",
    },
    mediaHint: "A file of yours, or a public address WhatsApp fetches it from.",
    mediaAddress: "or https://…",
    wrongMedia: "This template asks for another kind of file.",
    buttonEnd: (title) => `End of the address of the “${title}” button`,
  },
};
