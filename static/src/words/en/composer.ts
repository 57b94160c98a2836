import type * as ptBR from "../pt-BR/composer";

export const composer: typeof ptBR.composer = {
  title: "Reply",
  label: "Message",
  placeholder: "Write a message, or / for canned responses",
  placeholderNarrow: "Message",
  hint: "Enter sends · Shift+Enter adds a line",
  attach: "Attach file",
  interactive: "Interactive message",
  buttons: "Buttons",
  list: "List",
  template: "Template",
  note: "Internal note",
  cancelReply: "Cancel reply",
  canned: "Canned responses",
  noCanned: "No canned response by that name.",
  closedTitle: "Conversation closed",
  closedText: "Reopen it to reply.",
  windowTitle: "It has been 24 hours since the customer’s last message",
  windowText: "WhatsApp only lets you resume the conversation with an approved template.",
  chooseTemplate: "Choose template",
  answered: "Someone replied while you were writing",
  answeredText: (count) =>
    count === 1
      ? "Read the new message before sending yours."
      : "Read the new messages before sending yours.",
  edit: "Edit",
  caption: "Caption",
  uploading: (percent) => `Uploading file… ${percent}%`,
  tooBig: (limit) => `WhatsApp accepts up to ${limit} for this kind of file.`,
  noteTitle: "Internal note",
  noteHint: "Only the team sees it. The customer doesn’t.",
  notePlaceholder: "Write to your team",
  addNote: "Save note",
};

export const builder: typeof ptBR.builder = {
  body: "Text",
  header: "Header",
  footer: "Footer",
  preview: "As the customer sees it",
  buttonsTitle: "Message with buttons",
  button: (place) => `Button ${place}`,
  addButton: "Add button",
  removeButton: (place) => `Remove button ${place}`,
  listTitle: "Message with a list",
  openText: "Text of the button that opens the list",
  sectionTitle: "Section title",
  row: (place) => `Item ${place}`,
  rowTitle: (place) => `Title of item ${place}`,
  rowDescription: (place) => `Description of item ${place}`,
  addRow: "Add item",
  removeRow: (place) => `Remove item ${place}`,
  rowsLeft: (used, limit) => `${used} of ${limit} items`,
  listOpen: "View options",
  left: (used, limit) => `${used}/${limit}`,
};

export const template: typeof ptBR.template = {
  title: "Send template",
  search: "Search templates",
  none: "No approved template on this number.",
  noneHint: "Create templates in WhatsApp Manager and sync them.",
  parameter: (place) => `Variable ${place}`,
  back: "Choose another template",
  categories: { MARKETING: "Marketing", UTILITY: "Utility", AUTHENTICATION: "Authentication" },
};
