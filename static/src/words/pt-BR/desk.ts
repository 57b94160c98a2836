import { pluralIn } from "../plural";

const plural = pluralIn("pt-BR");

/** What is done with conversations: putting aside, taking back, many at once, saved views, alerts. */
export const desk = {
  undo: {
    label: "Desfazer",
    act: "Desfazer o que acabou de ser feito",
    closed: (name: string) => `Conversa com ${name} encerrada.`,
    given: (name: string) => `Conversa com ${name}.`,
    toTeam: (name: string) => `Conversa com a equipe ${name}.`,
    passedOn: "Conversa transferida.",
    snoozed: (moment: string) => `Adiada até ${moment}.`,
    tagRemoved: (name: string) => `Etiqueta ${name} removida.`,
  },

  snooze: {
    act: "Adiar conversa",
    short: "Adiar",
    title: "Adiar conversa",
    lead: "Ela volta na hora escolhida, ou antes, se o cliente escrever.",
    when: "Voltar",
    hour: "Em 1 hora",
    tomorrow: "Amanhã, 9h",
    monday: "Segunda, 9h",
    own: "Outro momento",
    ownLabel: "Data e hora",
    zone: (zone: string) => `Horário de ${zone}.`,
    confirm: "Adiar",
    until: (moment: string) => `Adiada até ${moment}`,
    wake: "Trazer de volta",
    wakeAct: "Trazer de volta a conversa adiada",
  },

  closing: {
    menu: "Resultado do atendimento",
    title: "Encerrar com observação",
    withNotes: "Com observação…",
    as: (outcome: string) => `Encerrar: ${outcome.toLowerCase()}`,
    outcome: "Resultado",
    notes: "Observação",
    notesHint: "Só a equipe vê.",
    confirm: "Encerrar",
    outcomes: { RESOLVED: "Resolvida", UNRESOLVED: "Não resolvida", ABANDONED: "Abandonada" },
  },

  viewing: (names: string[]) =>
    names.length === 1 ? `${names[0]} está vendo` : `${names.join(", ")} estão vendo`,

  beginning: {
    act: "Começar nova conversa",
    title: "Nova conversa",
    lead: "Comece com quem ainda não escreveu: a primeira mensagem é um modelo aprovado.",
    phoneHint: "Com DDD; de outro país, comece com +.",
    channel: "Canal",
    confirm: "Começar",
  },

  choice: {
    choose: (name: string) => `Selecionar conversa com ${name}`,
    act: "Selecionar ou soltar conversa",
    rangeAct: "Selecionar até aqui",
    clear: "Soltar seleção",
    chosen: (count: number) => plural(count, "selecionada", "selecionadas"),
    bar: "Conversas selecionadas",
    assign: "Atribuir selecionadas",
    close: "Encerrar selecionadas",
    tag: "Etiquetar selecionadas",
    priority: "Prioridade das selecionadas",
    read: "Marcar como lidas",
    working: (done: number, total: number) => `${done} de ${total}…`,
    done: (count: number) => plural(count, "feita", "feitas"),
    mixed: (done: number, refused: number, why: string) =>
      `${plural(done, "feita", "feitas")}, ${refused} não: ${why}`,
  },

  views: {
    title: "Visões salvas",
    own: "Suas",
    shared: "Da equipe",
    none: "Nenhuma visão salva ainda.",
    save: "Salvar visão atual…",
    saveTitle: "Salvar visão",
    saveLead: "A aba, os filtros e a busca de agora, para voltar com um clique.",
    name: "Nome",
    share: "Mostrar para toda a equipe",
    saved: (name: string) => `Visão ${name} salva.`,
    remove: (name: string) => `Excluir visão ${name}`,
    confirm: "Salvar",
  },

  alerts: {
    title: "Avisar de mensagens novas",
    sound: "Som",
    desktop: "Notificações do sistema",
    quiet: "Não perturbe",
    blocked: "O navegador bloqueou as notificações deste endereço. Libere nas permissões do site.",
    onlyHttps: "O navegador só oferece notificações em endereços https.",
    from: (name: string) => `Mensagem de ${name}`,
  },

  found: {
    messages: "Nas mensagens",
    notShown: "Não foi possível chegar até essa mensagem.",
  },

  contact: {
    edit: "Editar contato",
    name: "Nome",
    email: "E-mail",
    notes: "Notas sobre o cliente",
    notesTitle: "Notas",
    attributes: "Atributos",
    attribute: (place: number) => `Nome do atributo ${place}`,
    value: (place: number) => `Valor do atributo ${place}`,
    add: "Adicionar atributo",
    remove: (place: number) => `Remover atributo ${place}`,
    save: "Salvar",
    yes: "Sim",
    no: "Não",
  },
};
