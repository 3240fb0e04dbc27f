/** Starts sessions in processes of their own. */
import { fork } from "node:child_process";
import type { Order, Sign, StartSession } from "./supervisor";

/** Megabytes of heap; what goes beyond takes the session down, and nothing else. */
const heap = 2048;

/** Options of the runtime that concern one process only. */
const own = /^--(inspect|max-old-space-size|cpu-prof|heap-prof)/;

/** @param program the script of a session: `session-process` */
export function sessionsFrom(program: string): StartSession {
  return (start, onSign, onEnd) => {
    const child = fork(program, [JSON.stringify(start)], {
      execArgv: [
        ...process.execArgv.filter((arg) => !own.test(arg)),
        `--max-old-space-size=${String(heap)}`,
      ],
      serialization: "advanced",
      // Its standard output is no message; what it prints belongs to the log of the client.
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child.on("message", (sign) => onSign(sign as Sign));
    child.on("exit", onEnd);
    child.on("error", onEnd);
    return {
      send: (order: Order) => {
        // Between its end and the news of it there is nobody to send to.
        if (child.connected) child.send(order, () => undefined);
      },
      kill: () => void child.kill("SIGKILL"),
    };
  };
}
