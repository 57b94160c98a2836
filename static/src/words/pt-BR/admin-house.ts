import { pluralIn } from "../plural";

const plural = pluralIn("pt-BR");

export const users = {
  lead: "Quem entra no Balcão, com que papel e em que equipes.",
  invite: "Convidar pessoa",
  edit: "Alterar pessoa",
  create: "Criar acesso",
  search: "Buscar por nome ou e-mail",
  person: "Pessoa",
  role: "Papel",
  capacity: "Conversas ao mesmo tempo",
  capacityHint: "Em branco, vale o limite das regras de atendimento.",
  ownRole: "O próprio papel só outro administrador muda.",
  roleTexts: {
    ADMIN: "Vê e muda tudo, também os ajustes da conta.",
    SUPERVISOR: "Vê todas as conversas e relatórios; cuida de atendentes, textos e equipes.",
    AGENT: "Atende os clientes.",
    VIEWER: "Lê as conversas e não responde.",
  },
  teams: "Equipes",
  noTeamsYet: "Ainda não há equipes.",
  open: "Abertas",
  lastLogin: "Último acesso",
  never: "nunca",
  deactivated: (count: number) => plural(count, "desativada", "desativadas"),
  invited: "Acesso criado",
  newPassword: "Senha redefinida",
  access: (name: string) => `Entregue estes dados a ${name}. A senha não será mostrada de novo.`,
  address: "Endereço",
  copyInvitation: "Copiar tudo como mensagem",
  invitation: (house: string, address: string, email: string, password: string) =>
    `Seu acesso ao atendimento de ${house}:\n${address}\nE-mail: ${email}\nSenha: ${password}`,
  handedOver: "Pronto",
  resetPassword: "Redefinir senha",
  reset: "Gerar nova senha",
  resetText: (name: string) =>
    `${name} sai de todos os aparelhos e entra de novo com a senha nova, que você entrega.`,
  deactivate: "Desativar",
  activate: "Reativar",
  activated: (name: string) => `${name} pode entrar de novo.`,
  deactivateTitle: (name: string) => `Desativar ${name}?`,
  deactivateText: (open: number) =>
    open === 0
      ? "Sai agora de todos os aparelhos e não entra mais. O que fez continua no histórico."
      : `Sai agora de todos os aparelhos e não entra mais. ${plural(open, "conversa aberta continua", "conversas abertas continuam")} em seu nome até alguém transferir.`,
};

export const teams = {
  lead: "Filas com pessoas: uma conversa transferida para a equipe espera por alguém dela.",
  add: "Nova equipe",
  edit: "Alterar equipe",
  create: "Criar equipe",
  description: "Para que serve",
  members: "Pessoas da equipe",
  nobody: "Ninguém nesta equipe",
  count: (count: number) => plural(count, "pessoa", "pessoas"),
  empty: "Nenhuma equipe ainda",
  emptyText: "Com equipes como Reservas ou Financeiro, cada conversa chega a quem entende do assunto.",
  removeTitle: (name: string) => `Excluir a equipe ${name}?`,
  removeText:
    "As pessoas ficam; só a equipe deixa de existir. Com conversas abertas na equipe não é possível.",
};

export const channels = {
  sandboxName: "Número de teste",
  steps: "Passos da conexão",
  stepNames: { prepare: "Preparar na Meta", copy: "Copiar os dados", check: "Conferir" },
  stepTitles: {
    prepare: "O que ter em mãos",
    copy: "Copie da Meta para cá",
    check: "Conferindo com a Meta",
  },
  instructions: [
    "Em Meta for Developers, abra o seu aplicativo (ou crie um do tipo Empresa) e acrescente o produto WhatsApp.",
    "Em WhatsApp › Configuração da API, escolha ou registre o número que vai atender.",
    "Em Configurações do negócio › Usuários do sistema, gere um token que não expira, com as permissões whatsapp_business_messaging e whatsapp_business_management.",
    "Em Configurações do app › Básico, deixe à vista a chave secreta do aplicativo.",
  ],
  openMeta: "Abrir Meta for Developers",
  haveThem: "Tenho os dados",
  nameHint: "Como a equipe reconhece o número.",
  wabaIdHint: "Na mesma página, logo abaixo do ID do número.",
  connecting: "Conectando…",
  ready: "O número está conectado: mensagens já chegam e saem.",
  notReady: "O número está guardado. Siga o próximo passo do que falhou e verifique de novo.",
  numberFixed: "A Meta já confirmou este número. Para outro, conclua e conecte-o à parte.",
  toPaste: "Colar na Meta, se ela pedir",
  toPasteText:
    "O Balcão inscreve o aplicativo sozinho. Se a Meta pedir, cole em WhatsApp › Configuração › Webhook.",
  fieldsToSubscribe: "Campo a assinar",
  finish: "Concluir",
  change: "Alterar nome e chaves",
  edit: (name: string) => `Alterar ${name}`,
  keysStay: "Preencha só o que mudou: uma chave vazia fica como está.",
  disconnect: "Desconectar",
  disconnectTitle: (name: string) => `Desconectar ${name}?`,
  disconnectText: "Nada mais chega nem sai por este número. As conversas ficam guardadas.",
};

export const company = {
  lead: "O nome da casa e o idioma em que ela trabalha.",
  identity: "Identificação",
  identityHint: "O nome aparece para a equipe, no alto do console e ao entrar.",
  slugHint: "Não muda: os programas o enviam em X-Tenant-Slug.",
  nameMissing: "A empresa precisa de um nome.",
  language: "Idioma da casa",
  languageHint: "Para quem ainda não escolheu um idioma neste aparelho.",
  fromNext:
    "Vale na próxima vez que o console for aberto. O cliente recebe o que você escreve, como escreveu.",
};

export const branding = {
  lead: "A cor e o logotipo da sua casa, para toda a equipe.",
  color: "Cor principal",
  colorHint: "Em botões, links e no que está escolhido.",
  corrected: (ratio: string) =>
    `Sobre branco esta cor tem contraste ${ratio}:1, e ler pede 4,5:1. Onde há texto o Balcão usa um tom mais escuro dela.`,
  logo: "Logotipo",
  logoHint: "PNG ou JPEG, até 1 MB; fica com 30 pixels de altura.",
  chooseLogo: "Escolher imagem",
  changeLogo: "Trocar imagem",
  removeLogo: "Tirar",
  tooBig: "O logotipo pode ter até 1 MB.",
  uploading: "Enviando a imagem…",
  preview: "Como fica",
  previewHint: "De dia e de noite, antes de salvar.",
  schemes: { light: "Aparência clara", dark: "Aparência escura" },
  sampleText: "Reserva para sábado?",
  sampleLink: "Ver a política",
  sampleSoft: "Minhas · 3",
};

const hoursFormat = new Intl.NumberFormat("pt-BR", { maximumFractionDigits: 1 });

export const hours = {
  lead: "Fora destes horários o cliente recebe a mensagem de ausência.",
  when: "Quando há atendimento",
  whenHint: "A mensagem de ausência fica em Regras de atendimento.",
  ways: {
    always: { title: "Sempre", text: "Todos os dias, a qualquer hora." },
    set: { title: "Em horários definidos", text: "Com vários períodos por dia, feriados e fuso horário." },
  },
  week: "Semana",
  weekHint: "00:00 no fim de um período é a meia-noite que encerra o dia.",
  perWeek: (hours: number) => `${hoursFormat.format(hours)} h por semana`,
  presetsLabel: "Começar com:",
  presets: {
    office: "Seg–sex 8–18",
    lunch: "Com almoço",
    saturday: "E sábado de manhã",
    always: "24 horas",
  },
  days: {
    MONDAY: "Segunda",
    TUESDAY: "Terça",
    WEDNESDAY: "Quarta",
    THURSDAY: "Quinta",
    FRIDAY: "Sexta",
    SATURDAY: "Sábado",
    SUNDAY: "Domingo",
  },
  closed: "Fechado",
  open: "Abrir",
  opens: (of: string, place: number) => `${of}, período ${place}: abre`,
  closes: (of: string, place: number) => `${of}, período ${place}: fecha`,
  openDay: (of: string) => `Abrir: ${of}`,
  addPeriod: (of: string) => `${of}: mais um período`,
  removePeriod: (of: string, place: number) => `${of}: tirar o período ${place}`,
  problems: {
    order: "O fim vem depois do início. O que passa da meia-noite se divide em dois dias.",
    overlap: "Os períodos de um dia não podem se sobrepor.",
  },
  mendFirst: "Corrija os horários marcados antes de salvar.",
  copyOf: (day: string) => `Copiar ${day}`,
  copyToWorkdays: "Copiar para segunda a sexta",
  copyToAll: "Copiar para todos os dias",
  holidays: "Feriados e datas especiais",
  holidaysHint: "Nestas datas valem só os períodos daqui; sem nenhum, fica fechado.",
  nationalLabel: "Acrescentar:",
  national: (year: number) => `Feriados nacionais de ${year}`,
  date: "Data",
  addHoliday: "Acrescentar",
  removeHoliday: (name: string) => `Tirar ${name}`,
  zone: "Fuso horário",
  zoneHint: "Os horários desta página são os deste lugar.",
  nowThere: (clock: string, offset: string) => `Lá agora: ${clock} (${offset})`,
  brazil: "Brasil",
  world: "Outros",
};

export const routing = {
  lead: "Quem recebe cada conversa, e o que o Balcão responde sozinho.",
  distribution: "Distribuição",
  distributionHint: "O que acontece com uma conversa que espera por alguém.",
  ways: {
    MANUAL: { title: "Manual", text: "Fica em “Não atribuídas” até alguém assumir." },
    LEAST_BUSY: { title: "Menos ocupado", text: "Vai para quem está disponível com menos conversas." },
    ROUND_ROBIN: { title: "Rodízio", text: "Vai para um de cada vez, entre os disponíveis." },
  },
  capacity: "Conversas ao mesmo tempo, por pessoa",
  capacityHint: "Quem chegou ao limite não recebe outra até encerrar alguma.",
  sticky: "Devolver a quem já atendeu o cliente",
  stickyHint: "Se essa pessoa estiver disponível.",
  firstAnswer: "Primeira resposta",
  firstAnswerSwitch: "Quem responde assume a conversa",
  firstAnswerHint: "Uma conversa que ninguém tem sai da fila para quem a responde primeiro.",
  visibility: "O que um atendente vê",
  visibilityHint: "Administradores e supervisores veem tudo.",
  sees: {
    ALL: { title: "Todas as conversas", text: "Qualquer um pode ajudar em qualquer conversa." },
    OWN: { title: "Só o que é seu", text: "As não atribuídas, as próprias e as das suas equipes." },
  },
  replies: "Respostas automáticas",
  repliesHint: "Enviadas pelo Balcão, cada uma no máximo uma vez por ocasião.",
  greeting: {
    label: "Boas-vindas",
    hint: "Quando um cliente começa uma conversa dentro do horário.",
    text: "Texto das boas-vindas",
    example: "Olá! Recebemos a sua mensagem e já vamos atender.",
  },
  away: {
    label: "Ausência",
    hint: "Quando um cliente escreve fora do horário.",
    text: "Texto da ausência",
    example: "Olá! Agora estamos fora do horário. Respondemos assim que abrirmos.",
  },
  survey: {
    label: "Pesquisa de satisfação",
    hint: "Quando uma pessoa encerra a conversa: o cliente dá de 1 a 5 estrelas.",
    text: "Pergunta da pesquisa",
    example: "Como foi o nosso atendimento?",
  },
  noHours: "Sem horários definidos a casa está sempre aberta, e esta mensagem nunca é enviada:",
  idle: "Encerramento por inatividade",
  idleHint: "Conversas em que ninguém escreve mais saem da fila sozinhas.",
  idleSwitch: "Encerrar conversas paradas",
  idleAfter: "Depois de",
  unit: "Unidade",
  units: { minutes: "minutos", hours: "horas", days: "dias" },
};

export const assistant = {
  lead: "Um robô que responde os clientes até uma pessoa assumir, com o que a sua casa sabe.",
  manners: "Como ele se apresenta",
  mannersHint: "Ele se cala assim que alguém assume a conversa, e chama uma pessoa quando não sabe.",
  answers: "Responder os clientes",
  answersHint: "Sem um modelo conectado ele só faz o que não precisa de um, como consultar o SGP.",
  name: "Nome",
  nameHint: "Como assina as mensagens.",
  nameMissing: "O assistente precisa de um nome.",
  instructions: "O que ele deve saber",
  instructionsHint:
    "Endereço, preços, regras da casa, o que nunca prometer. Escreva como para um colega novo.",
  instructionsExample:
    "Somos um hotel em Paraty. Check-in às 14 h, check-out às 12 h. Café incluído. Não prometa descontos: chame a recepção.",
  integrations: "Sistemas conectados",
  integrationsHint: "As chaves são guardadas cifradas e nunca aparecem de novo.",
  connect: "Conectar",
  inUse: "Em uso",
  works: "Responde e conhece a chave.",
  keyEnds: (end: string) => `chave ${end}`,
  keyKept: (end: string) => `Vazio mantém a chave atual (${end}). Um endereço novo pede a chave de novo.`,
  removeTitle: (title: string) => `Excluir ${title}?`,
  removeText: "A chave é apagada. O assistente deixa de usar este sistema agora.",
  fields: {
    key: "Chave",
    url: "Endereço",
    model: "Modelo",
    app: "Aplicativo (app)",
    ticketType: "Tipo de chamado",
  },
  kinds: {
    GEMINI: {
      title: "Google Gemini",
      text: "Modelo de linguagem do Google.",
      hints: {
        key: "Crie em aistudio.google.com › Get API key.",
        model: "Vazio usa o recomendado pelo Balcão.",
      },
    },
    OPENAI_COMPATIBLE: {
      title: "Compatível com OpenAI",
      text: "OpenAI, Groq, Mistral ou um servidor seu que fale a mesma língua.",
      hints: { url: "Por exemplo https://api.openai.com/v1", model: "O nome como o provedor escreve." },
    },
    SGP: {
      title: "SGP",
      text: "Dados dos clientes do provedor de internet: faturas, situação, chamados.",
      hints: {
        url: "Por exemplo https://suaempresa.sgp.net.br",
        app: "O nome do aplicativo que o SGP criou para o token.",
        key: "O token da API do SGP.",
        ticketType: "Número do tipo de ocorrência para chamados abertos pelo assistente.",
      },
    },
  },
};
