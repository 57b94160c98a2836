import { pluralIn } from "../plural";
import type * as ptBR from "../pt-BR/desk";

const plural = pluralIn("es");

export const desk: typeof ptBR.desk = {
  undo: {
    label: "Deshacer",
    act: "Deshacer lo último que se hizo",
    closed: (name: string) => `Conversación con ${name} cerrada.`,
    given: (name) => `Conversación asignada a ${name}.`,
    toTeam: (name) => `Conversación con el equipo ${name}.`,
    passedOn: "Conversación transferida.",
    snoozed: (moment) => `Pospuesta hasta ${moment}.`,
    tagRemoved: (name) => `Etiqueta ${name} quitada.`,
  },

  snooze: {
    act: "Posponer conversación",
    short: "Posponer",
    title: "Posponer conversación",
    lead: "Vuelve a la hora elegida, o antes si el cliente escribe.",
    when: "Volver",
    hour: "En 1 hora",
    tomorrow: "Mañana, 9:00",
    monday: "Lunes, 9:00",
    own: "Otro momento",
    ownLabel: "Fecha y hora",
    zone: (zone) => `Hora de ${zone}.`,
    confirm: "Posponer",
    until: (moment) => `Pospuesta hasta ${moment}`,
    wake: "Traer de vuelta",
    wakeAct: "Traer de vuelta la conversación pospuesta",
  },

  closing: {
    menu: "Resultado de la atención",
    title: "Cerrar con observación",
    withNotes: "Con observación…",
    as: (outcome) => `Cerrar: ${outcome.toLowerCase()}`,
    outcome: "Resultado",
    notes: "Observación",
    notesHint: "Solo la ve el equipo.",
    confirm: "Cerrar",
    outcomes: { RESOLVED: "Resuelta", UNRESOLVED: "No resuelta", ABANDONED: "Abandonada" },
  },

  viewing: (names) =>
    names.length === 1 ? `${names[0]} la está viendo` : `${names.join(", ")} la están viendo`,

  beginning: {
    act: "Empezar una conversación",
    title: "Nueva conversación",
    lead: "Empiece con quien aún no escribió: el primer mensaje es una plantilla aprobada.",
    phoneHint: "Con código de área; de otro país, empiece con +.",
    channel: "Canal",
    confirm: "Empezar",
  },

  choice: {
    choose: (name) => `Seleccionar conversación con ${name}`,
    act: "Seleccionar o soltar conversación",
    rangeAct: "Seleccionar hasta aquí",
    clear: "Quitar selección",
    chosen: (count) => plural(count, "seleccionada", "seleccionadas"),
    bar: "Conversaciones seleccionadas",
    assign: "Asignar seleccionadas",
    close: "Cerrar seleccionadas",
    tag: "Etiquetar seleccionadas",
    priority: "Prioridad de las seleccionadas",
    read: "Marcar como leídas",
    working: (done, total) => `${done} de ${total}…`,
    done: (count) => plural(count, "lista", "listas"),
    mixed: (done, refused, why) => `${plural(done, "lista", "listas")}, ${refused} no: ${why}`,
  },

  views: {
    title: "Vistas guardadas",
    own: "Tuyas",
    shared: "Del equipo",
    none: "Aún no hay vistas guardadas.",
    save: "Guardar vista actual…",
    saveTitle: "Guardar vista",
    saveLead: "La pestaña, los filtros y la búsqueda de ahora, para volver con un clic.",
    name: "Nombre",
    share: "Mostrar a todo el equipo",
    saved: (name) => `Vista ${name} guardada.`,
    remove: (name) => `Eliminar vista ${name}`,
    confirm: "Guardar",
  },

  alerts: {
    title: "Avisar de mensajes nuevos",
    sound: "Sonido",
    desktop: "Notificaciones del sistema",
    quiet: "No molestar",
    blocked:
      "El navegador bloqueó las notificaciones de esta dirección. Permítelas en los permisos del sitio.",
    onlyHttps: "El navegador solo ofrece notificaciones en direcciones https.",
    from: (name) => `Mensaje de ${name}`,
  },

  found: {
    messages: "En los mensajes",
    notShown: "No se pudo llegar a ese mensaje.",
  },

  contact: {
    edit: "Editar contacto",
    name: "Nombre",
    email: "Correo electrónico",
    notes: "Notas sobre el cliente",
    notesTitle: "Notas",
    attributes: "Atributos",
    attribute: (place) => `Nombre del atributo ${place}`,
    value: (place) => `Valor del atributo ${place}`,
    add: "Agregar atributo",
    remove: (place) => `Quitar atributo ${place}`,
    save: "Guardar",
    yes: "Sí",
    no: "No",
  },
};
