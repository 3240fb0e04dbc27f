/** Endpoints of every kind: correct ones, each fault, and hostile ones, with the ids they must get. */
import { correct } from "./zoo-correct";
import { hostile } from "./zoo-hostile";
import { listFaults } from "./zoo-origins";
import { preflightFaults } from "./zoo-preflight";
import { originFaults, responseFaults } from "./zoo-response";
import type { Exhibit } from "./zoo-server";

export const zoo: readonly Exhibit[] = [
  ...correct,
  ...preflightFaults,
  ...originFaults,
  ...responseFaults,
  ...listFaults,
  ...hostile,
];
