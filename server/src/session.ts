/** The language server but for its first answer; a bundle of its own, loaded behind that answer. */
import { engine } from "./engine";
import { begin } from "./lsp/language-session";

export const beginSession = begin.bind(undefined, engine);
