import { speak } from "../src/words";

await speak("pt-BR");
