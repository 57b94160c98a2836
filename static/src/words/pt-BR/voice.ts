/** Of recording a voice message, for the agent and on the customer’s phone. */
export const voice = {
  record: "Gravar mensagem de voz",
  recording: "Gravando",
  level: "Nível do microfone",
  cancel: "Descartar gravação",
  stop: "Parar e ouvir",
  listen: "Mensagem de voz gravada",
  refused: "O navegador não liberou o microfone. Permita o uso dele nas configurações deste site.",
  noMicrophone: "Nenhum microfone encontrado neste computador.",
  unable:
    "Este navegador não grava no formato que o WhatsApp aceita. Use Chrome, Edge ou Firefox, ou anexe um arquivo de áudio.",
  broken: "Não foi possível preparar a gravação. Grave de novo.",
};

export type VoiceWords = typeof voice;
