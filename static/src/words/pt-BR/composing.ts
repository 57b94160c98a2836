import { voice } from "./voice";

/** The composer's rarer tools, and what is done with a message. */
export const composing = {
  files: {
    title: (count: number) => (count === 1 ? "Enviar arquivo" : `Enviar ${count} arquivos`),
    drop: "Solte para anexar",
    dropHint: "Você ainda poderá escrever uma legenda antes de enviar.",
    remove: (name: string) => `Tirar ${name}`,
    camera: "Câmera",
    captionOf: (name: string) => `Legenda de ${name}`,
  },

  emoji: {
    open: "Emoji",
    search: "Buscar emoji",
    recent: "Recentes",
    none: "Nenhum emoji com esse nome.",
    groups: {
      faces: "Rostos",
      gestures: "Gestos e pessoas",
      hearts: "Corações e sinais",
      nature: "Animais e natureza",
      food: "Comida",
      places: "Viagem e lugares",
      things: "Objetos",
    },
    /** The words by which each is found; fetched when the list is first opened. */
    names: () => import("./emoji").then(({ emoji }) => emoji),
  },

  acts: {
    menu: "Opções da mensagem",
    react: (emoji: string) => `Reagir com ${emoji}`,
    moreEmoji: "Reagir com outro emoji",
    unreact: "Tirar reação",
    copy: "Copiar texto",
    copied: "Texto copiado.",
    reactedByYou: "Você reagiu",
    reactedByCustomer: "O cliente reagiu",
    reactedByColleague: "A equipe reagiu",
  },

  voice,

  variables: {
    missing: "Complete antes de enviar:",
    find: (name: string) => `Ir para ${name}`,
    greetings: { morning: "Bom dia", afternoon: "Boa tarde", evening: "Boa noite" },
  },

  location: {
    title: "Enviar localização",
    name: "Localização",
    place: "Coordenadas ou link do mapa",
    placeHint: "Cole um link do Google Maps, do OpenStreetMap ou do Waze, ou escreva -23.5614, -46.6559.",
    unreadable:
      "Não há coordenadas aqui. Links curtos não as trazem: abra o link e copie o endereço inteiro.",
    placeName: "Nome do lugar",
    address: "Endereço",
  },

  template: {
    header: "Cabeçalho",
    media: {
      IMAGE: "Imagem do cabeçalho",
      VIDEO: "Vídeo do cabeçalho",
      DOCUMENT: "Documento do cabeçalho",
    },
    mediaHint: "Um arquivo seu, ou um endereço público de onde o WhatsApp o busca.",
    mediaAddress: "ou https://…",
    wrongMedia: "Este modelo pede outro tipo de arquivo.",
    buttonEnd: (title: string) => `Fim do endereço do botão “${title}”`,
  },
};
