import { existsSync } from "node:fs";
import { endlessPlace, isObject } from "@dots-payouts/openapi";
import {
  type BaseResolver,
  type Document,
  getLineColLocation,
  type YamlParseError,
} from "@redocly/openapi-core";

/** A description that can't be read: where, and why. */
export class UnreadableError extends Error {
  override readonly name = "UnreadableError";
  readonly file: string;
  readonly line: number;
  readonly column: number;

  constructor(file: string, line: number, column: number, reason: string) {
    super(reason);
    this.file = file;
    this.line = line;
    this.column = column;
  }
}

/**
 * The root file's content: an object without loops. Redocly would go round in them, or end with a stack trace.
 * @throws UnreadableError if it is something else
 */
export async function readObject(resolver: BaseResolver, file: string): Promise<object> {
  if (!existsSync(file)) throw new UnreadableError(file, 1, 1, "There is no such file.");
  const document = await resolver.resolveDocument(null, file, true);
  if (document instanceof Error) throw "source" in document ? asUnreadable(document) : document;
  const { source, parsed } = document;
  if (source.body.trim() === "") throw new UnreadableError(source.absoluteRef, 1, 1, "The file is empty.");
  if (!isObject(parsed)) throw at(document, "", "An OpenAPI description is an object.");
  const endless = endlessPlace(parsed);
  if (endless === undefined) return parsed;
  const { pointer, problem } = endless;
  throw at(document, pointer, `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`);
}

/** What is wrong with a file that is not YAML. */
export function asUnreadable({ source, line, col, message }: YamlParseError): UnreadableError {
  const conflict = source.getLines().findIndex((text) => /^(<{7}|={7}|>{7}|\|{7})( |$)/.test(text));
  if (conflict !== -1) {
    return new UnreadableError(source.absoluteRef, conflict + 1, 1, "Resolve this merge conflict first.");
  }
  // The message ends with the file's whole path, and the line again.
  const reason = message.replace(/ in "[^"]*" \(\d+:\d+\)$/, "");
  return new UnreadableError(source.absoluteRef, line, col, reason);
}

function at({ source }: Document, pointer: string, reason: string): UnreadableError {
  const { start } = getLineColLocation({ source, pointer: `#${pointer || "/"}`, reportOnKey: false });
  return new UnreadableError(source.absoluteRef, start.line, start.col, reason);
}
