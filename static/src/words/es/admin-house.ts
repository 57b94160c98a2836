import { pluralIn } from "../plural";
import type * as ptBR from "../pt-BR/admin-house";

const plural = pluralIn("es");

export const users: typeof ptBR.users = {
  lead: "Quién entra a Balcão, con qué rol y en qué equipos.",
  invite: "Invitar persona",
  edit: "Editar persona",
  create: "Crear acceso",
  search: "Buscar por nombre o correo",
  person: "Persona",
  role: "Rol",
  capacity: "Conversaciones a la vez",
  capacityHint: "En blanco, vale el límite de las reglas de atención.",
  ownRole: "Tu propio rol solo lo cambia otro administrador.",
  roleTexts: {
    ADMIN: "Ve y cambia todo, también la configuración de la cuenta.",
    SUPERVISOR: "Ve todas las conversaciones y reportes; se ocupa de agentes, textos y equipos.",
    AGENT: "Atiende a los clientes.",
    VIEWER: "Lee las conversaciones y no responde.",
  },
  teams: "Equipos",
  noTeamsYet: "Aún no hay equipos.",
  open: "Abiertas",
  lastLogin: "Último acceso",
  never: "nunca",
  deactivated: (count) => plural(count, "desactivada", "desactivadas"),
  invited: "Acceso creado",
  newPassword: "Contraseña restablecida",
  access: (name) => `Entrega estos datos a ${name}. La contraseña no se mostrará de nuevo.`,
  address: "Dirección",
  copyInvitation: "Copiar todo como mensaje",
  invitation: (house, address, email, password) =>
    `Tu acceso a la atención de ${house}:\n${address}\nCorreo: ${email}\nContraseña: ${password}`,
  handedOver: "Listo",
  resetPassword: "Restablecer contraseña",
  reset: "Generar nueva contraseña",
  resetText: (name) =>
    `${name} sale de todos los dispositivos y entra de nuevo con la contraseña nueva, que tú entregas.`,
  deactivate: "Desactivar",
  activate: "Reactivar",
  activated: (name) => `${name} puede entrar de nuevo.`,
  deactivateTitle: (name) => `¿Desactivar a ${name}?`,
  deactivateText: (open) =>
    open === 0
      ? "Sale ahora de todos los dispositivos y ya no entra. Lo que hizo queda en el historial."
      : `Sale ahora de todos los dispositivos y ya no entra. ${plural(open, "conversación abierta sigue", "conversaciones abiertas siguen")} a su nombre hasta que alguien transfiera.`,
};

export const teams: typeof ptBR.teams = {
  lead: "Colas con personas: una conversación transferida al equipo espera a alguien de él.",
  add: "Nuevo equipo",
  edit: "Editar equipo",
  create: "Crear equipo",
  description: "Para qué sirve",
  members: "Personas del equipo",
  nobody: "Nadie en este equipo",
  count: (count) => plural(count, "persona", "personas"),
  empty: "Aún no hay equipos",
  emptyText: "Con equipos como Reservas o Finanzas, cada conversación llega a quien entiende del tema.",
  removeTitle: (name) => `¿Eliminar el equipo ${name}?`,
  removeText:
    "Las personas quedan; solo el equipo deja de existir. No es posible si el equipo tiene conversaciones abiertas.",
};

export const channels: typeof ptBR.channels = {
  sandboxName: "Número de prueba",
  steps: "Pasos de la conexión",
  stepNames: { prepare: "Preparar en Meta", copy: "Copiar los datos", check: "Verificar" },
  stepTitles: {
    prepare: "Qué tener a mano",
    copy: "Copia de Meta hasta aquí",
    check: "Verificando con Meta",
  },
  instructions: [
    "En Meta for Developers, abre tu aplicación (o crea una de tipo Negocios) y agrega el producto WhatsApp.",
    "En WhatsApp › Configuración de la API, elige o registra el número que va a atender.",
    "En Configuración del negocio › Usuarios del sistema, genera un token que no caduque, con los permisos whatsapp_business_messaging y whatsapp_business_management.",
    "En Configuración de la app › Básica, deja a la vista la clave secreta de la aplicación.",
  ],
  openMeta: "Abrir Meta for Developers",
  haveThem: "Tengo los datos",
  nameHint: "Cómo reconoce el equipo el número.",
  wabaIdHint: "En la misma página, justo debajo del ID del número.",
  connecting: "Conectando…",
  ready: "El número está conectado: los mensajes ya llegan y salen.",
  notReady: "El número está guardado. Sigue el próximo paso de lo que falló y verifica de nuevo.",
  numberFixed: "Meta ya confirmó este número. Para otro, termina y conéctalo aparte.",
  toPaste: "Pegar en Meta, si lo pide",
  toPasteText:
    "Balcão suscribe la aplicación por sí solo. Si Meta lo pide, pega en WhatsApp › Configuración › Webhook.",
  fieldsToSubscribe: "Campo a suscribir",
  finish: "Terminar",
  change: "Cambiar nombre y claves",
  edit: (name) => `Editar ${name}`,
  keysStay: "Completa solo lo que cambió: una clave vacía queda como está.",
  disconnect: "Desconectar",
  disconnectTitle: (name) => `¿Desconectar ${name}?`,
  disconnectText: "Ya nada llega ni sale por este número. Las conversaciones se conservan.",
};

export const company: typeof ptBR.company = {
  lead: "El nombre de la casa y el idioma en que trabaja.",
  identity: "Identificación",
  identityHint: "El equipo ve el nombre en lo alto de la consola y al entrar.",
  slugHint: "No cambia: los programas lo envían en X-Tenant-Slug.",
  nameMissing: "La empresa necesita un nombre.",
  language: "Idioma de la casa",
  languageHint: "Para quien todavía no eligió un idioma en este dispositivo.",
  fromNext:
    "Desde la próxima vez que se abra la consola. El cliente recibe lo que escribes, tal como lo escribiste.",
};

export const branding: typeof ptBR.branding = {
  lead: "El color y el logotipo de tu empresa, para todo el equipo.",
  color: "Color principal",
  colorHint: "En botones, enlaces y en lo que está elegido.",
  corrected: (ratio) =>
    `Sobre blanco este color tiene un contraste de ${ratio}:1, y leer exige 4,5:1. Donde hay texto Balcão usa un tono más oscuro.`,
  logo: "Logotipo",
  logoHint: "PNG o JPEG, hasta 1 MB; queda con 30 píxeles de alto.",
  chooseLogo: "Elegir imagen",
  changeLogo: "Cambiar imagen",
  removeLogo: "Quitar",
  tooBig: "El logotipo puede tener hasta 1 MB.",
  uploading: "Subiendo la imagen…",
  preview: "Vista previa",
  previewHint: "De día y de noche, antes de guardar.",
  schemes: { light: "Apariencia clara", dark: "Apariencia oscura" },
  sampleText: "¿Reserva para el sábado?",
  sampleLink: "Ver la política",
  sampleSoft: "Mías · 3",
};

const hoursFormat = new Intl.NumberFormat("es", { maximumFractionDigits: 1 });

export const hours: typeof ptBR.hours = {
  lead: "Fuera de estos horarios el cliente recibe el mensaje de ausencia.",
  when: "Cuándo hay atención",
  whenHint: "El mensaje de ausencia está en Reglas de atención.",
  ways: {
    always: { title: "Siempre", text: "Todos los días, a cualquier hora." },
    set: { title: "En horarios definidos", text: "Con varios períodos por día, feriados y zona horaria." },
  },
  week: "Semana",
  weekHint: "00:00 al final de un período es la medianoche que cierra el día.",
  perWeek: (hours) => `${hoursFormat.format(hours)} h por semana`,
  presetsLabel: "Empezar con:",
  presets: {
    office: "Lun–vie 8–18",
    lunch: "Con almuerzo",
    saturday: "Y sábado por la mañana",
    always: "24 horas",
  },
  days: {
    MONDAY: "Lunes",
    TUESDAY: "Martes",
    WEDNESDAY: "Miércoles",
    THURSDAY: "Jueves",
    FRIDAY: "Viernes",
    SATURDAY: "Sábado",
    SUNDAY: "Domingo",
  },
  closed: "Cerrado",
  open: "Abrir",
  opens: (of, place) => `${of}, período ${place}: abre`,
  closes: (of, place) => `${of}, período ${place}: cierra`,
  openDay: (of) => `Abrir: ${of}`,
  addPeriod: (of) => `${of}: un período más`,
  removePeriod: (of, place) => `${of}: quitar el período ${place}`,
  problems: {
    order: "El fin va después del inicio. Lo que pasa de la medianoche se divide en dos días.",
    overlap: "Los períodos de un día no pueden superponerse.",
  },
  mendFirst: "Corrige los horarios marcados antes de guardar.",
  copyOf: (day) => `Copiar ${day}`,
  copyToWorkdays: "Copiar de lunes a viernes",
  copyToAll: "Copiar a todos los días",
  holidays: "Feriados y fechas especiales",
  holidaysHint: "En estas fechas valen solo los períodos de aquí; sin ninguno, está cerrado.",
  nationalLabel: "Agregar:",
  national: (year) => `Feriados de Brasil de ${year}`,
  date: "Fecha",
  addHoliday: "Agregar",
  removeHoliday: (name) => `Quitar ${name}`,
  zone: "Zona horaria",
  zoneHint: "Los horarios de esta página son los de este lugar.",
  nowThere: (clock, offset) => `Ahora allí: ${clock} (${offset})`,
  brazil: "Brasil",
  world: "Otros",
};

export const routing: typeof ptBR.routing = {
  lead: "Quién recibe cada conversación, y qué responde Balcão por sí solo.",
  distribution: "Distribución",
  distributionHint: "Qué pasa con una conversación que espera a alguien.",
  ways: {
    MANUAL: { title: "Manual", text: "Queda en “Sin asignar” hasta que alguien la tome." },
    LEAST_BUSY: { title: "Menos ocupado", text: "Va a quien está disponible con menos conversaciones." },
    ROUND_ROBIN: { title: "Por turnos", text: "Va a uno por vez, entre los disponibles." },
  },
  capacity: "Conversaciones a la vez, por persona",
  capacityHint: "Quien llegó al límite no recibe otra hasta cerrar alguna.",
  sticky: "Devolver a quien ya atendió al cliente",
  stickyHint: "Si esa persona está disponible.",
  firstAnswer: "Primera respuesta",
  firstAnswerSwitch: "Quien responde toma la conversación",
  firstAnswerHint: "Una conversación que nadie tiene sale de la cola para quien la responde primero.",
  visibility: "Qué ve un agente",
  visibilityHint: "Los administradores y supervisores ven todo.",
  sees: {
    ALL: { title: "Todas las conversaciones", text: "Cualquiera puede ayudar en cualquier conversación." },
    OWN: { title: "Solo lo suyo", text: "Las no asignadas, las propias y las de sus equipos." },
  },
  replies: "Respuestas automáticas",
  repliesHint: "Enviadas por Balcão, cada una como máximo una vez por ocasión.",
  greeting: {
    label: "Bienvenida",
    hint: "Cuando un cliente empieza una conversación dentro del horario.",
    text: "Texto de bienvenida",
    example: "¡Hola! Recibimos tu mensaje y enseguida te atendemos.",
  },
  away: {
    label: "Ausencia",
    hint: "Cuando un cliente escribe fuera del horario.",
    text: "Texto de ausencia",
    example: "¡Hola! Ahora estamos fuera de horario. Respondemos en cuanto abramos.",
  },
  survey: {
    label: "Encuesta de satisfacción",
    hint: "Cuando una persona cierra la conversación: el cliente da de 1 a 5 estrellas.",
    text: "Pregunta de la encuesta",
    example: "¿Cómo fue nuestra atención?",
  },
  noHours: "Sin horarios definidos la empresa está siempre abierta, y este mensaje nunca se envía:",
  idle: "Cierre por inactividad",
  idleHint: "Las conversaciones en que ya nadie escribe salen solas de la cola.",
  idleSwitch: "Cerrar conversaciones inactivas",
  idleAfter: "Después de",
  unit: "Unidad",
  units: { minutes: "minutos", hours: "horas", days: "días" },
};

export const assistant: typeof ptBR.assistant = {
  lead: "Un bot que responde a los clientes hasta que una persona toma la conversación, con lo que tu empresa sabe.",
  manners: "Cómo se presenta",
  mannersHint: "Se calla en cuanto alguien toma la conversación, y llama a una persona cuando no sabe.",
  answers: "Responder a los clientes",
  answersHint: "Sin un modelo conectado solo hace lo que no lo necesita, como consultar el SGP.",
  name: "Nombre",
  nameHint: "Cómo firma los mensajes.",
  nameMissing: "El asistente necesita un nombre.",
  instructions: "Qué debe saber",
  instructionsHint:
    "Dirección, precios, reglas de la casa, qué no prometer nunca. Escribe como a un colega nuevo.",
  instructionsExample:
    "Somos un hotel en Paraty. Check-in a las 14 h, check-out a las 12 h. Desayuno incluido. No prometas descuentos: llama a recepción.",
  integrations: "Sistemas conectados",
  integrationsHint: "Las claves se guardan cifradas y nunca se muestran de nuevo.",
  connect: "Conectar",
  inUse: "En uso",
  works: "Responde y acepta la clave.",
  keyEnds: (end) => `clave ${end}`,
  keyKept: (end) => `Vacío conserva la clave actual (${end}). Una dirección nueva pide la clave otra vez.`,
  removeTitle: (title) => `¿Eliminar ${title}?`,
  removeText: "La clave se borra. El asistente deja de usar este sistema ahora.",
  fields: {
    key: "Clave",
    url: "Dirección",
    model: "Modelo",
    app: "Aplicación (app)",
    ticketType: "Tipo de ticket",
  },
  kinds: {
    GEMINI: {
      title: "Google Gemini",
      text: "Modelo de lenguaje de Google.",
      hints: {
        key: "Créala en aistudio.google.com › Get API key.",
        model: "Vacío usa el que recomienda Balcão.",
      },
    },
    OPENAI_COMPATIBLE: {
      title: "Compatible con OpenAI",
      text: "OpenAI, Groq, Mistral o un servidor tuyo que hable el mismo idioma.",
      hints: {
        url: "Por ejemplo https://api.openai.com/v1",
        model: "El nombre tal como lo escribe el proveedor.",
      },
    },
    SGP: {
      title: "SGP",
      text: "Datos de los clientes del proveedor de internet: facturas, estado, tickets.",
      hints: {
        url: "Por ejemplo https://tuempresa.sgp.net.br",
        app: "El nombre de la aplicación que el SGP creó para el token.",
        key: "El token de la API del SGP.",
        ticketType: "Número del tipo de incidencia para los tickets que abre el asistente.",
      },
    },
  },
};
