import type * as ptBR from "../pt-BR/composer";

export const composer: typeof ptBR.composer = {
  title: "Respuesta",
  label: "Mensaje",
  placeholder: "Escribe un mensaje o / para respuestas rápidas",
  placeholderNarrow: "Mensaje",
  hint: "Enter envía · Shift+Enter agrega una línea",
  attach: "Adjuntar archivo",
  interactive: "Mensaje interactivo",
  buttons: "Botones",
  list: "Lista",
  template: "Plantilla",
  note: "Nota interna",
  cancelReply: "Cancelar respuesta",
  canned: "Respuestas rápidas",
  noCanned: "Ninguna respuesta rápida con ese nombre.",
  closedTitle: "Conversación cerrada",
  closedText: "Reábrela para responder.",
  windowTitle: "Pasaron 24 horas desde el último mensaje del cliente",
  windowText: "WhatsApp solo permite retomar la conversación con una plantilla aprobada.",
  chooseTemplate: "Elegir plantilla",
  answered: "Alguien respondió mientras escribías",
  answeredText: (count) =>
    count === 1
      ? "Lee el mensaje nuevo antes de enviar el tuyo."
      : "Lee los mensajes nuevos antes de enviar el tuyo.",
  edit: "Editar",
  caption: "Pie de foto",
  uploading: (percent) => `Subiendo archivo… ${percent} %`,
  tooBig: (limit) => `WhatsApp acepta hasta ${limit} en este tipo de archivo.`,
  noteTitle: "Nota interna",
  noteHint: "Solo la ve el equipo. El cliente no la recibe.",
  notePlaceholder: "Escribe para el equipo",
  addNote: "Guardar nota",
};

export const builder: typeof ptBR.builder = {
  body: "Texto",
  header: "Encabezado",
  footer: "Pie",
  preview: "Como lo ve el cliente",
  buttonsTitle: "Mensaje con botones",
  button: (place) => `Botón ${place}`,
  addButton: "Agregar botón",
  removeButton: (place) => `Quitar botón ${place}`,
  listTitle: "Mensaje con lista",
  openText: "Texto del botón que abre la lista",
  sectionTitle: "Título de la sección",
  row: (place) => `Opción ${place}`,
  rowTitle: (place) => `Título de la opción ${place}`,
  rowDescription: (place) => `Descripción de la opción ${place}`,
  addRow: "Agregar opción",
  removeRow: (place) => `Quitar opción ${place}`,
  rowsLeft: (used, limit) => `${used} de ${limit} opciones`,
  listOpen: "Ver opciones",
  left: (used, limit) => `${used}/${limit}`,
};

export const template: typeof ptBR.template = {
  title: "Enviar plantilla",
  search: "Buscar plantilla",
  none: "Ninguna plantilla aprobada en este número.",
  noneHint: "Crea plantillas en el Administrador de WhatsApp y sincronízalas.",
  parameter: (place) => `Variable ${place}`,
  back: "Elegir otra plantilla",
  categories: { MARKETING: "Marketing", UTILITY: "Utilidad", AUTHENTICATION: "Autenticación" },
};
