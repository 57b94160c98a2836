import type { VoiceWords } from "../pt-BR/voice";

export const voice: VoiceWords = {
  record: "Grabar mensaje de voz",
  recording: "Grabando",
  level: "Nivel del micrófono",
  cancel: "Descartar grabación",
  stop: "Detener y escuchar",
  listen: "Mensaje de voz grabado",
  refused: "El navegador no permitió el micrófono. Permítelo en la configuración de este sitio.",
  noMicrophone: "No se encontró ningún micrófono en esta computadora.",
  unable:
    "Este navegador no graba en un formato que WhatsApp acepte. Usa Chrome, Edge o Firefox, o adjunta un archivo de audio.",
  broken: "No se pudo preparar la grabación. Graba de nuevo.",
};
