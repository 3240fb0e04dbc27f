/**
 * Ways share their beginning: the next one is taken up at the last statement that comes before the choice in which the two
 * differ, instead of being run from the handler's first line. What was written since is taken back, and the blocks that
 * were active are entered again without running what stands before that statement.
 *
 * A block is entered again where nothing but a statement (`if`, `switch`, `try`) or a call that is all of a statement
 * (`return await f(x)`) leads to it. Whoever starts such a block offers it, and the block takes the offer; a block that
 * was not offered, as the body of a callback, is run again from the statement around it.
 */
import type { CatchClause, Expr, Stmt } from "../../ir/facts";
import type { Heap, UndoLog } from "./heap";
import { redo, rollBack, takeBack } from "./heap";
import type { Evaluation } from "./state";
import type { AbstractValue, CallArgs, FunctionValue, Scope } from "./values";

/** A `try` that is active. */
export interface TryFrame {
  /** What the heap's stamp was when an exception was considered. */
  considered: number | undefined;
  absent?: number | undefined;
  /** Of the function that it stands in. */
  readonly depth: number;
}

/** What leads from a statement to the block that is active in it. */
export type Link =
  | { readonly k: "block"; readonly body: readonly Stmt[] }
  | { readonly k: "try"; readonly frame: TryFrame }
  | { readonly k: "case"; readonly index: number }
  | { readonly k: "catch"; readonly handler: CatchClause }
  | { readonly k: "call"; readonly target: FunctionValue; readonly args: CallArgs };

/** How far a block got. */
export interface BlockState {
  readonly scope: Scope;
  /** The statement that is active. */
  index: number;
  /** What some way through the statements before returned, and how else they were left. */
  returned: readonly AbstractValue[];
  leaves: boolean;
  jumps: boolean;
  /** Absent in the innermost block. */
  link?: Link | undefined;
}

/** What is written elsewhere than on the heap. */
interface Change {
  readonly undo: () => void;
  readonly redo: () => void;
}

/** A place from which ways can be followed, in the tree of all ways. */
export interface Checkpoint {
  /** The one before it on its ways. */
  readonly parent: Checkpoint | undefined;
  readonly level: number;
  /** How many choices between several options came before it. */
  readonly open: number;
  /** The active blocks, outermost first. */
  readonly blocks: readonly BlockState[];
  /** What was written between the one before and this one: what there was, and, once taken back, what there is to be. */
  readonly undo: UndoLog;
  redo?: UndoLog;
  readonly changes: readonly Change[];
  readonly steps: number;
  readonly epoch: number;
  /** Makes all else what it was. */
  readonly restore: () => void;
}

/** Steps after which a checkpoint is worth its while where nothing was chosen. */
const stepsBetween = 24;

export class Resumption {
  /** The last checkpoint of the way that is followed. */
  current: Checkpoint | undefined;
  private blocks: BlockState[] = [];
  /** Since the last checkpoint. */
  private changes: Change[] = [];
  private offered: unknown;
  private steps = 0;
  /** How many undo logs others have. */
  private base = 0;
  /** Blocks that are still to be entered again. */
  private resumed: { readonly checkpoint: Checkpoint; depth: number } | undefined;
  /** Checkpoints of an earlier one do not hold any more. */
  private epoch = 0;
  /** How many ways were taken up in their middle. */
  count = 0;

  /** @param save notes what is known now, and gives what restores it */
  constructor(private readonly save: () => () => void) {}

  /** Begins to follow ways, of which the writes are taken back by `end`. */
  start({ heap }: Evaluation): void {
    this.base = heap.undoLogs.length;
    heap.undoLogs.push(new Map() as UndoLog);
  }

  /** Takes back what the last way wrote. */
  end({ heap }: Evaluation): void {
    rollBack(heap, this.base);
  }

  /** What was taken to make no difference does: ways have to be followed from their beginning. */
  forget(): void {
    this.epoch++;
  }

  /** Begins a way that goes on from a checkpoint, or anew. */
  begin(run: Evaluation, from: Checkpoint | undefined): "anew" | "resumed" {
    const { heap } = run;
    this.steps = run.steps;
    this.offered = undefined;
    this.blocks = [];
    this.resumed = undefined;
    const checkpoint = from?.epoch === this.epoch ? from : undefined;
    rollBack(heap, this.base + (this.current?.level ?? 0));
    undoAll(this.changes);
    this.changes = [];
    this.goTo(heap, checkpoint);
    heap.undoLogs.push(new Map() as UndoLog);
    if (!checkpoint) return "anew";
    this.count++;
    this.resumed = { checkpoint, depth: 0 };
    return "resumed";
  }

  /** Makes the heap what it was at a checkpoint. */
  private goTo(heap: Heap, checkpoint: Checkpoint | undefined): void {
    const down: Checkpoint[] = [];
    let target = checkpoint;
    while (this.current !== target) {
      const { current } = this;
      if (current && current.level >= (target?.level ?? 0)) {
        heap.undoLogs.pop();
        current.redo = takeBack(heap, current.undo);
        undoAll(current.changes);
        this.current = current.parent;
      } else if (target) {
        down.push(target);
        target = target.parent;
      }
    }
    for (const next of down.reverse()) {
      redo(next.redo);
      heap.undoLogs.push(next.undo);
      for (const change of next.changes) change.redo();
      this.current = next;
    }
  }

  /** Does not count steps that were taken once for all ways. */
  leaveAside(steps: number): void {
    this.steps += steps;
  }

  /** Notes how to undo what is not written on the heap. */
  changed(change: Change): void {
    this.changes.push(change);
  }

  /** Says that this block, statement or call is about to begin, with nothing in between. */
  offer(part: unknown): void {
    this.offered = part;
  }

  /** Whether what begins was offered. */
  takes(part: unknown): boolean {
    const taken = this.offered === part;
    this.offered = undefined;
    return taken;
  }

  /** Notes what leads to the block that is about to begin, and offers it. */
  link(link: Link, part: unknown): void {
    const block = this.blocks.at(-1);
    if (block) block.link = link;
    this.offered = part;
  }

  /** While blocks are entered again: what leads from the active statement to the next one. */
  get resumedLink(): Link | undefined {
    const { resumed } = this;
    return resumed?.checkpoint.blocks[resumed.depth - 1]?.link;
  }

  /** While blocks are entered again: the scope of the next one. */
  get resumedScope(): Scope | undefined {
    const { resumed } = this;
    return resumed?.checkpoint.blocks[resumed.depth]?.scope;
  }

  /** Begins a block, or enters it again. */
  enter(run: Evaluation, scope: Scope): { readonly block: BlockState; readonly again: boolean } {
    const saved = this.resumed?.checkpoint.blocks[this.resumed.depth];
    const block: BlockState = saved
      ? { ...saved }
      : { scope, index: 0, returned: [], leaves: false, jumps: false };
    this.blocks.push(block);
    if (saved) this.entered(run);
    return { block, again: saved !== undefined };
  }

  private entered(run: Evaluation): void {
    const { resumed } = this;
    if (!resumed || ++resumed.depth < resumed.checkpoint.blocks.length) return;
    this.resumed = undefined;
    resumed.checkpoint.restore();
    // A way costs what it costs from its beginning: bounds do not hang on what was shared.
    run.steps = this.steps + resumed.checkpoint.steps;
  }

  /** Notes that ways may be taken up before the statement that begins, after so many choices. */
  mark(run: Evaluation, open: number): void {
    const { heap } = run;
    const { current: parent } = this;
    const steps = run.steps - this.steps;
    if (open === (parent?.open ?? 0) && steps - (parent?.steps ?? 0) < stepsBetween) return;
    const level = (parent?.level ?? 0) + 1;
    const undo = heap.undoLogs.at(-1);
    if (!undo || heap.undoLogs.length !== this.base + level) return;
    this.current = {
      parent,
      level,
      open,
      blocks: this.blocks.map((block) => ({ ...block })),
      undo,
      changes: this.changes,
      steps,
      epoch: this.epoch,
      restore: this.save(),
    };
    this.changes = [];
    heap.undoLogs.push(new Map() as UndoLog);
  }

  /** Leaves the innermost block. */
  leave(): void {
    this.blocks.pop();
  }
}

function undoAll(changes: readonly Change[]): void {
  for (const { undo } of [...changes].reverse()) undo();
}

/** The call that is all that a statement evaluates, awaited or not. */
export function callIn(stmt: Stmt): Expr | undefined {
  const expr =
    stmt.k === "expr"
      ? stmt.expr
      : stmt.k === "let" || stmt.k === "return"
        ? stmt.value
        : undefined;
  return expr?.k === "await" ? expr.of : (expr ?? undefined);
}
