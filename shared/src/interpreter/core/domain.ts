/**
 * What readers tell the interpreter about the world that the code runs in. The interpreter itself knows two languages
 * and their own libraries; which other libraries there are, and what the code is read for, is said here.
 */
import type { Evaluation } from "./state";
import type { AbstractValue, CallArgs, ExternValue, RequestValue } from "./values";

/** A library's constant or function, by the path of the extern value; `undefined` = not known. */
export interface Library {
  member(run: Evaluation, value: ExternValue): AbstractValue | undefined;
  call(run: Evaluation, value: ExternValue, args: CallArgs): AbstractValue | undefined;
}

/** What libraries and their members are called, whatever the language and the age of the library. */
export interface LibraryNaming {
  /** The path of the module that an import names: `aws_cdk.aws_s3` and `aws-cdk-lib/aws-s3` are `cdk.aws_s3`. */
  modulePath(specifier: string): string;
  /** Whether imports of this name always mean the library, never a file of the application. */
  isReserved(specifier: string, path: string): boolean;
  /** The member that the code names: `add_routes` of a library made by jsii is `addRoutes`. */
  memberName(of: ExternValue, name: string): string;
}

/**
 * What an evaluation is asked about: code that touches nothing of it is executed once, with both sides of its conditions
 * joined, as its paths would all say the same.
 */
export interface Relevance {
  /** A property or variable of this name is part of the result, as far as its value does not tell otherwise. */
  property(name: string, value?: AbstractValue): boolean;
  /** This number may be part of the result. */
  number(value: number): boolean;
  /** This text may be part of the result. */
  text(value: string): boolean;
  /** This part of the request may decide the result for its own sake. */
  request(part: RequestValue): boolean;
}

export interface Domain {
  readonly library: Library;
  readonly naming: LibraryNaming;
  readonly relevance: Relevance;
  /** The value of an environment variable, where it is known. */
  environment?(name: string): AbstractValue | undefined;
  /** Calls of this library neither change what they are given nor decide what the code does. */
  isQuiet(path: string): boolean;
  /** Neither `null` nor false, for certain. */
  isPresent(value: ExternValue): boolean;
}
