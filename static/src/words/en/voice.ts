import type { VoiceWords } from "../pt-BR/voice";

export const voice: VoiceWords = {
  record: "Record voice message",
  recording: "Recording",
  level: "Microphone level",
  cancel: "Discard recording",
  stop: "Stop and listen",
  listen: "Recorded voice message",
  refused: "The browser did not allow the microphone. Allow it in this site’s settings.",
  noMicrophone: "No microphone found on this computer.",
  unable:
    "This browser can’t record in a format that WhatsApp accepts. Use Chrome, Edge or Firefox, or attach an audio file.",
  broken: "The recording could not be prepared. Record it again.",
};
