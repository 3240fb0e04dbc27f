/**
 * Paths one by one, from beginning to end, where there is too much code to explore it piece by piece. Each run follows the
 * recorded choices and takes the first option where the record ends; the next run takes the option that was taken least
 * so far, and of several the one that comes first in the program, so that no branch is left out for another's details.
 *
 *     if (a) … else …;  if (b) … else …      // runs: a b, then not a (never taken), then not b, then what is left
 */
import type { Span } from "../../ir/span";

interface Choice {
  readonly taken: number;
  readonly options: number;
  readonly at: Span;
}

/** A path that was not taken yet: as `choices` before `index`, where another option is taken. */
interface PendingFork {
  readonly choices: readonly Choice[];
  readonly index: number;
  readonly taken: number;
}

export class PathSampler {
  #choices: Choice[] = [];
  #position = 0;
  /** The forks that are left, by the option that they take, and how often each option was taken. */
  readonly #pending = new Map<string, PendingFork[]>();
  readonly #visits = new Map<string, number>();

  /** One of `options`, the first one first. */
  fork(options: number, at: Span): number {
    let choice = this.#choices[this.#position];
    if (!choice) {
      choice = { taken: 0, options, at };
      this.#choices.push(choice);
      this.#leave(this.#position);
    }
    this.#position++;
    return choice.taken;
  }

  /** How many choices this path has made. */
  get forks(): number {
    return this.#position;
  }

  /** Whether another path is left; makes it the next run's. */
  nextPath(): boolean {
    this.#position = 0;
    for (const choice of this.#choices) {
      const option = optionOf(choice, choice.taken);
      this.#visits.set(option, (this.#visits.get(option) ?? 0) + 1);
    }
    let best: PendingFork[] = [];
    let [least, first] = [Infinity, Infinity];
    for (const [option, forks] of this.#pending) {
      const visits = this.#visits.get(option) ?? 0;
      const index = forks[0]?.index ?? Infinity;
      if (index < Infinity && (visits < least || (visits === least && index < first)))
        [best, least, first] = [forks, visits, index];
    }
    const next = best.shift();
    const choice = next?.choices[next.index];
    if (!choice) return false;
    this.#choices = [...next.choices.slice(0, next.index), { ...choice, taken: next.taken }];
    return true;
  }

  /** Notes the options of a choice that are left for other paths. */
  #leave(index: number): void {
    const choices = this.#choices;
    const choice = choices[index];
    if (!choice) return;
    for (let other = 1; other < choice.options; other++) {
      const option = optionOf(choice, other);
      const alike = this.#pending.get(option);
      if (alike) alike.push({ choices, index, taken: other });
      else this.#pending.set(option, [{ choices, index, taken: other }]);
    }
  }
}

function optionOf({ at }: Choice, taken: number): string {
  return `${at.file}:${at.start}:${taken}`;
}
