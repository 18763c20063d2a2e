/**
 * The part of Redocly's plugin interface that these rules use. Redocly's own types use `any` for every node, so the
 * interface is declared here, and the tests check it against Redocly itself.
 */
export interface RuleContext {
  /** The place of the visited node, after references. */
  readonly location: Location;
  readonly type: { readonly name: string; readonly extensionsPrefix?: string };
  resolve(reference: unknown, from: string): Resolved;
  report(problem: { message: string; location: Location; suggest?: string[] }): void;
}

/** A place in one of the files that a description consists of. */
export interface Location {
  readonly source: { readonly absoluteRef: string };
  /** A URI fragment: `#/` and a JSON Pointer. */
  readonly pointer: string;
  child(keys: readonly (string | number)[]): Location;
  /** The same place, but its key is marked in the report instead of its value. */
  key(): Location;
}

/** `chain` are the references on the way that have other keywords next to `$ref`. */
interface Resolved {
  readonly node: unknown;
  readonly location?: Location | undefined;
  readonly chain?: readonly Place[] | undefined;
}

/** A node and its place. */
export interface Place {
  readonly node: unknown;
  readonly location: Location;
}

type Visit = (node: unknown, context: RuleContext) => void;

/** Node types and what to do on each; a nested visitor only sees what is inside that node. */
interface Visitors {
  readonly [type: string]: Visit | Visitors;
}

/** Called once for each description that is linted. */
export type Rule = () => Visitors;
