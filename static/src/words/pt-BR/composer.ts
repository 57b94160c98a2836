export const composer = {
  title: "Resposta",
  label: "Mensagem",
  placeholder: "Escreva uma mensagem ou / para respostas prontas",
  placeholderNarrow: "Mensagem",
  hint: "Enter envia · Shift+Enter quebra a linha",
  attach: "Anexar arquivo",
  interactive: "Mensagem interativa",
  buttons: "Botões",
  list: "Lista",
  template: "Modelo",
  note: "Nota interna",
  cancelReply: "Cancelar resposta",
  canned: "Respostas prontas",
  noCanned: "Nenhuma resposta pronta com esse nome.",
  closedTitle: "Conversa encerrada",
  closedText: "Reabra para responder.",
  windowTitle: "Passaram 24 horas desde a última mensagem do cliente",
  windowText: "O WhatsApp só permite retomar a conversa com um modelo aprovado.",
  chooseTemplate: "Escolher modelo",
  answered: "Alguém respondeu enquanto você escrevia",
  answeredText: (count: number): string =>
    count === 1
      ? "Leia a mensagem nova antes de enviar a sua."
      : "Leia as mensagens novas antes de enviar a sua.",
  edit: "Editar",
  caption: "Legenda",
  uploading: (percent: number) => `Enviando arquivo… ${percent} %`,
  tooBig: (limit: string) => `O WhatsApp aceita até ${limit} neste tipo de arquivo.`,
  noteTitle: "Nota interna",
  noteHint: "Só a equipe vê. O cliente não recebe.",
  notePlaceholder: "Escreva para a equipe",
  addNote: "Salvar nota",
};

export const builder = {
  body: "Texto",
  header: "Cabeçalho",
  footer: "Rodapé",
  preview: "Como o cliente vê",
  buttonsTitle: "Mensagem com botões",
  button: (place: number) => `Botão ${place}`,
  addButton: "Adicionar botão",
  removeButton: (place: number) => `Remover botão ${place}`,
  listTitle: "Mensagem com lista",
  openText: "Texto do botão que abre a lista",
  sectionTitle: "Título da seção",
  row: (place: number) => `Item ${place}`,
  rowTitle: (place: number) => `Título do item ${place}`,
  rowDescription: (place: number) => `Descrição do item ${place}`,
  addRow: "Adicionar item",
  removeRow: (place: number) => `Remover item ${place}`,
  rowsLeft: (used: number, limit: number) => `${used} de ${limit} itens`,
  listOpen: "Ver opções",
  left: (used: number, limit: number) => `${used}/${limit}`,
};

export const template = {
  title: "Enviar modelo",
  search: "Buscar modelo",
  none: "Nenhum modelo aprovado neste número.",
  noneHint: "Crie modelos no Gerenciador do WhatsApp e sincronize.",
  parameter: (place: string) => `Variável ${place}`,
  back: "Escolher outro modelo",
  categories: { MARKETING: "Marketing", UTILITY: "Utilidade", AUTHENTICATION: "Autenticação" } as Record<
    string,
    string
  >,
};
