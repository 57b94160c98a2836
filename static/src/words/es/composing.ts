import type * as ptBR from "../pt-BR/composing";
import { voice } from "./voice";

export const composing: typeof ptBR.composing = {
  files: {
    title: (count) => (count === 1 ? "Enviar archivo" : `Enviar ${count} archivos`),
    drop: "Suelta para adjuntar",
    dropHint: "Aún podrás escribir un pie de foto antes de enviar.",
    remove: (name) => `Quitar ${name}`,
    camera: "Cámara",
    captionOf: (name) => `Pie de foto de ${name}`,
  },

  emoji: {
    open: "Emoji",
    search: "Buscar emoji",
    recent: "Recientes",
    none: "Ningún emoji con ese nombre.",
    groups: {
      faces: "Caras",
      gestures: "Gestos y personas",
      hearts: "Corazones y símbolos",
      nature: "Animales y naturaleza",
      food: "Comida",
      places: "Viajes y lugares",
      things: "Objetos",
    },
    names: () => import("./emoji").then(({ emoji }) => emoji),
  },

  acts: {
    menu: "Opciones del mensaje",
    react: (emoji) => `Reaccionar con ${emoji}`,
    moreEmoji: "Reaccionar con otro emoji",
    unreact: "Quitar reacción",
    copy: "Copiar texto",
    copied: "Texto copiado.",
    reactedByYou: "Reaccionaste",
    reactedByCustomer: "El cliente reaccionó",
    reactedByColleague: "El equipo reaccionó",
  },

  voice,

  variables: {
    missing: "Completa antes de enviar:",
    find: (name) => `Ir a ${name}`,
    greetings: { morning: "Buenos días", afternoon: "Buenas tardes", evening: "Buenas noches" },
  },

  location: {
    title: "Enviar ubicación",
    name: "Ubicación",
    place: "Coordenadas o enlace del mapa",
    placeHint: "Pega un enlace de Google Maps, OpenStreetMap o Waze, o escribe -23.5614, -46.6559.",
    unreadable:
      "Aquí no hay coordenadas. Los enlaces cortos no las traen: abre el enlace y copia la dirección completa.",
    placeName: "Nombre del lugar",
    address: "Dirección",
  },

  template: {
    header: "Encabezado",
    media: {
      IMAGE: "Imagen del encabezado",
      VIDEO: "Video del encabezado",
      DOCUMENT: "Documento del encabezado",
    },
    mediaHint: "Un archivo tuyo, o una dirección pública de donde WhatsApp lo busca.",
    mediaAddress: "o https://…",
    wrongMedia: "Esta plantilla pide otro tipo de archivo.",
    buttonEnd: (title) => `Final de la dirección del botón “${title}”`,
  },
};
