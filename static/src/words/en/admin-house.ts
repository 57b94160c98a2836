import { pluralIn } from "../plural";
import type * as ptBR from "../pt-BR/admin-house";

const plural = pluralIn("en");

export const users: typeof ptBR.users = {
  lead: "Who can enter Balcão, in which role and on which teams.",
  invite: "Invite person",
  edit: "Edit person",
  create: "Create access",
  search: "Search by name or email",
  person: "Person",
  role: "Role",
  capacity: "Conversations at a time",
  capacityHint: "Blank uses the limit of the routing rules.",
  ownRole: "Only another administrator can change your own role.",
  roleTexts: {
    ADMIN: "Sees and changes everything, account settings included.",
    SUPERVISOR: "Sees all conversations and reports; looks after agents, texts and teams.",
    AGENT: "Replies to customers.",
    VIEWER: "Reads conversations and doesn’t reply.",
  },
  teams: "Teams",
  noTeamsYet: "There are no teams yet.",
  open: "Open",
  lastLogin: "Last sign-in",
  never: "never",
  deactivated: (count) => `${count} deactivated`,
  invited: "Access created",
  newPassword: "Password reset",
  access: (name) => `Give these details to ${name}. The password will not be shown again.`,
  address: "Address",
  copyInvitation: "Copy it all as a message",
  invitation: (house, address, email, password) =>
    `Your access to ${house} support:\n${address}\nEmail: ${email}\nPassword: ${password}`,
  handedOver: "Done",
  resetPassword: "Reset password",
  reset: "Generate new password",
  resetText: (name) =>
    `${name} is signed out of every device and signs in again with the new password, which you hand over.`,
  deactivate: "Deactivate",
  activate: "Reactivate",
  activated: (name) => `${name} can sign in again.`,
  deactivateTitle: (name) => `Deactivate ${name}?`,
  deactivateText: (open) =>
    open === 0
      ? "They are signed out of every device now and can’t sign in again. What they did stays in the history."
      : `They are signed out of every device now and can’t sign in again. ${plural(open, "open conversation stays", "open conversations stay")} in their name until someone transfers them.`,
};

export const teams: typeof ptBR.teams = {
  lead: "Queues with people: a conversation transferred to a team waits for someone on it.",
  add: "New team",
  edit: "Edit team",
  create: "Create team",
  description: "What it is for",
  members: "Team members",
  nobody: "Nobody on this team",
  count: (count) => plural(count, "person", "people"),
  empty: "No teams yet",
  emptyText: "With teams such as Bookings or Billing, each conversation reaches whoever knows the subject.",
  removeTitle: (name) => `Delete team ${name}?`,
  removeText: "The people stay; only the team goes. Not possible while the team has open conversations.",
};

export const channels: typeof ptBR.channels = {
  sandboxName: "Test number",
  steps: "Connection steps",
  stepNames: { prepare: "Prepare in Meta", copy: "Copy the details", check: "Check" },
  stepTitles: {
    prepare: "What to have at hand",
    copy: "Copy from Meta to here",
    check: "Checking with Meta",
  },
  instructions: [
    "In Meta for Developers, open your app (or create one of type Business) and add the WhatsApp product.",
    "In WhatsApp › API Setup, choose or register the number that will receive messages.",
    "In Business settings › System users, generate a token that never expires, with the whatsapp_business_messaging and whatsapp_business_management permissions.",
    "In App settings › Basic, keep the app secret in view.",
  ],
  openMeta: "Open Meta for Developers",
  haveThem: "I have the details",
  nameHint: "How your team recognizes the number.",
  wabaIdHint: "On the same page, right below the number’s ID.",
  connecting: "Connecting…",
  ready: "The number is connected: messages already come in and go out.",
  notReady: "The number is saved. Follow the next step of whatever failed and check again.",
  toPaste: "Paste into Meta, if asked",
  toPasteText:
    "Balcão subscribes the app by itself. If Meta asks, paste in WhatsApp › Configuration › Webhook.",
  fieldsToSubscribe: "Field to subscribe",
  finish: "Finish",
  change: "Change name and keys",
  edit: (name) => `Edit ${name}`,
  keysStay: "Fill in only what changed: a key left empty stays as it is.",
  disconnect: "Disconnect",
  disconnectTitle: (name) => `Disconnect ${name}?`,
  disconnectText: "Nothing more comes in or goes out on this number. The conversations are kept.",
};

export const company: typeof ptBR.company = {
  lead: "The name of your house, and the language it works in.",
  identity: "Identity",
  identityHint: "Your team sees the name at the top of the console and when signing in.",
  slugHint: "It never changes: programs send it in X-Tenant-Slug.",
  nameMissing: "The company needs a name.",
  language: "Language of the house",
  languageHint: "For whoever has not chosen a language on this device.",
  fromNext: "From the next time the console is opened. Customers get what you write, as you wrote it.",
};

export const branding: typeof ptBR.branding = {
  lead: "Your company’s color and logo, for the whole team.",
  color: "Main color",
  colorHint: "On buttons, links and whatever is selected.",
  corrected: (ratio) =>
    `On white this color has a contrast of ${ratio}:1, and reading needs 4.5:1. Where there is text, Balcão uses a darker shade of it.`,
  logo: "Logo",
  logoHint: "PNG or JPEG, up to 1 MB; shown 30 pixels high.",
  chooseLogo: "Choose image",
  changeLogo: "Change image",
  removeLogo: "Remove",
  tooBig: "The logo can be up to 1 MB.",
  uploading: "Uploading the image…",
  preview: "Preview",
  previewHint: "By day and by night, before saving.",
  schemes: { light: "Light appearance", dark: "Dark appearance" },
  sampleText: "A booking for Saturday?",
  sampleLink: "See the policy",
  sampleSoft: "Mine · 3",
};

const hoursFormat = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export const hours: typeof ptBR.hours = {
  lead: "Outside these hours customers receive the away message.",
  when: "When you are open",
  whenHint: "The away message is under Routing and replies.",
  ways: {
    always: { title: "Always", text: "Every day, at any time." },
    set: { title: "At set hours", text: "With several periods a day, holidays and a time zone." },
  },
  week: "Week",
  weekHint: "00:00 at the end of a period is the midnight that ends the day.",
  perWeek: (hours) => `${hoursFormat.format(hours)} h per week`,
  presetsLabel: "Start with:",
  presets: {
    office: "Mon–Fri 8–18",
    lunch: "With lunch break",
    saturday: "And Saturday morning",
    always: "24 hours",
  },
  days: {
    MONDAY: "Monday",
    TUESDAY: "Tuesday",
    WEDNESDAY: "Wednesday",
    THURSDAY: "Thursday",
    FRIDAY: "Friday",
    SATURDAY: "Saturday",
    SUNDAY: "Sunday",
  },
  closed: "Closed",
  open: "Open",
  opens: (of, place) => `${of}, period ${place}: opens`,
  closes: (of, place) => `${of}, period ${place}: closes`,
  openDay: (of) => `Open: ${of}`,
  addPeriod: (of) => `${of}: add a period`,
  removePeriod: (of, place) => `${of}: remove period ${place}`,
  problems: {
    order: "The end comes after the start. What runs past midnight is split into two days.",
    overlap: "The periods of a day can’t overlap.",
  },
  mendFirst: "Fix the hours marked before saving.",
  copyOf: (day) => `Copy ${day}`,
  copyToWorkdays: "Copy to Monday through Friday",
  copyToAll: "Copy to every day",
  holidays: "Holidays and special dates",
  holidaysHint: "On these dates only the periods given here apply; with none, you are closed.",
  nationalLabel: "Add:",
  national: (year) => `Brazilian holidays of ${year}`,
  date: "Date",
  addHoliday: "Add",
  removeHoliday: (name) => `Remove ${name}`,
  zone: "Time zone",
  zoneHint: "The hours on this page are in this place’s time.",
  nowThere: (clock, offset) => `Now there: ${clock} (${offset})`,
  brazil: "Brazil",
  world: "Others",
};

export const routing: typeof ptBR.routing = {
  lead: "Who gets each conversation, and what Balcão answers by itself.",
  distribution: "Routing",
  distributionHint: "What happens to a conversation waiting for someone.",
  ways: {
    MANUAL: { title: "Manual", text: "Stays in “Unassigned” until someone claims it." },
    LEAST_BUSY: { title: "Least busy", text: "Goes to the available person with the fewest conversations." },
    ROUND_ROBIN: { title: "Round robin", text: "Goes to each available person in turn." },
  },
  capacity: "Conversations at a time, per person",
  capacityHint: "Whoever has reached the limit gets no more until they close one.",
  sticky: "Return customers to whoever served them before",
  stickyHint: "If that person is available.",
  visibility: "What an agent sees",
  visibilityHint: "Administrators and supervisors see everything.",
  sees: {
    ALL: { title: "All conversations", text: "Anyone can help in any conversation." },
    OWN: { title: "Only their own", text: "Unassigned ones, their own and those of their teams." },
  },
  replies: "Automatic replies",
  repliesHint: "Sent by Balcão, each at most once per occasion.",
  greeting: {
    label: "Greeting",
    hint: "When a customer starts a conversation within business hours.",
    text: "Greeting text",
    example: "Hello! We got your message and will be right with you.",
  },
  away: {
    label: "Away message",
    hint: "When a customer writes outside business hours.",
    text: "Away text",
    example: "Hello! We are closed right now. We will reply as soon as we open.",
  },
  survey: {
    label: "Satisfaction survey",
    hint: "When a person closes the conversation: the customer gives 1 to 5 stars.",
    text: "Survey question",
    example: "How did we do?",
  },
  noHours: "Without business hours you are always open, and this message is never sent:",
  idle: "Closing idle conversations",
  idleHint: "Conversations in which nobody writes any more leave the queue by themselves.",
  idleSwitch: "Close idle conversations",
  idleAfter: "After",
  unit: "Unit",
  units: { minutes: "minutes", hours: "hours", days: "days" },
};

export const assistant: typeof ptBR.assistant = {
  lead: "A bot that replies to customers until a person takes over, with what your company knows.",
  manners: "How it presents itself",
  mannersHint:
    "It goes quiet as soon as someone claims the conversation, and calls a person when it doesn’t know.",
  answers: "Reply to customers",
  answersHint: "Without a connected model it only does what needs none, such as looking things up in SGP.",
  name: "Name",
  nameHint: "How it signs its messages.",
  nameMissing: "The assistant needs a name.",
  instructions: "What it should know",
  instructionsHint: "Address, prices, house rules, what never to promise. Write as if to a new colleague.",
  instructionsExample:
    "We are a hotel in Paraty. Check-in at 2 PM, check-out at noon. Breakfast included. Don’t promise discounts: call the front desk.",
  integrations: "Connected systems",
  integrationsHint: "Keys are stored encrypted and never shown again.",
  connect: "Connect",
  inUse: "In use",
  works: "It answers and accepts the key.",
  keyEnds: (end) => `key ${end}`,
  keyKept: (end) => `Empty keeps the current key (${end}). A new address needs the key again.`,
  removeTitle: (title) => `Delete ${title}?`,
  removeText: "The key is erased. The assistant stops using this system now.",
  fields: {
    key: "Key",
    url: "Address",
    model: "Model",
    app: "Application (app)",
    ticketType: "Ticket type",
  },
  kinds: {
    GEMINI: {
      title: "Google Gemini",
      text: "Google’s language model.",
      hints: {
        key: "Create it at aistudio.google.com › Get API key.",
        model: "Empty uses the one Balcão recommends.",
      },
    },
    OPENAI_COMPATIBLE: {
      title: "OpenAI compatible",
      text: "OpenAI, Groq, Mistral or a server of yours that speaks the same language.",
      hints: { url: "For example https://api.openai.com/v1", model: "The name as the provider writes it." },
    },
    SGP: {
      title: "SGP",
      text: "Customer records of the internet provider: invoices, status, tickets.",
      hints: {
        url: "For example https://yourcompany.sgp.net.br",
        app: "The application name that SGP created for the token.",
        key: "The SGP API token.",
        ticketType: "Number of the occurrence type for tickets opened by the assistant.",
      },
    },
  },
};
