// VS Code's log writer without the native module: every line is appended to the file at once.
import { appendFileSync, mkdirSync } from "node:fs";
import path from "node:path";

class Logger {
  #file;
  #stamped = true;

  constructor(_kind, _name, file) {
    this.#file = file;
    mkdirSync(path.dirname(file), { recursive: true });
  }

  #write(level, message) {
    const line = this.#stamped ? `${new Date().toISOString()} [${level}] ${message}\n` : message;
    appendFileSync(this.#file, line);
  }

  trace(message) {
    this.#write("trace", message);
  }
  debug(message) {
    this.#write("debug", message);
  }
  info(message) {
    this.#write("info", message);
  }
  warn(message) {
    this.#write("warning", message);
  }
  error(message) {
    this.#write("error", message);
  }
  critical(message) {
    this.#write("critical", message);
  }
  getLevel() {
    return 0;
  }
  setLevel() {}
  setPattern() {}
  clearFormatters() {
    this.#stamped = false;
  }
  flush() {}
  drop() {}
}

export { Logger };
export const version = 0;
export function setLevel() {}
export function setFlushOn() {}
export async function createRotatingLogger(name, file) {
  return new Logger("rotating", name, file);
}
export async function createAsyncRotatingLogger(name, file) {
  return createRotatingLogger(name, file);
}
