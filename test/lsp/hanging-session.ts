/** A session whose engine hangs at files with `HANG` in them, and takes all memory at files with `EAT`. */
import { serveSession } from "../../server/src/session-process";
import type { Engine } from "../../server/src/workspace/check";
import { fakeEngine } from "../workspace/fake-engine";

const fake = fakeEngine();
const { typescript } = fake.frontends;

const engine: Engine = {
  ...fake,
  frontends: {
    ...fake.frontends,
    typescript: {
      ...typescript,
      reader: async () => {
        const read = await typescript.reader();
        return (file, text) => {
          const eaten: number[][] = [];
          while (text.includes("HANG"));
          while (text.includes("EAT")) eaten.push(Array<number>(1e6).fill(eaten.length));
          return read(file, text);
        };
      },
    },
  },
};

serveSession(engine);
