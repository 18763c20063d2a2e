/**
 * What these rules use of Redocly's plugin interface. Redocly's own types say `any` for every node, so the interface is
 * said here, and the tests hold it against Redocly itself.
 */
export interface RuleContext {
  /** Where the visited node stands, after references. */
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

/** `chain` are the references on the way that have keywords of their own beside `$ref`. */
interface Resolved {
  readonly node: unknown;
  readonly location?: Location | undefined;
  readonly chain?: readonly Place[] | undefined;
}

/** A node and where it stands. */
export interface Place {
  readonly node: unknown;
  readonly location: Location;
}

type Visit = (node: unknown, context: RuleContext) => void;

/** Node types and what to do on each; a visitor inside another sees only what lies in that node. */
interface Visitors {
  readonly [type: string]: Visit | Visitors;
}

/** Called once for each description that is linted. */
export type Rule = () => Visitors;
