import { existsSync } from "node:fs";
import {
  DocumentError,
  eachNode,
  formatPointer,
  isObject,
  type Json,
  referenceHops,
} from "@dots-payouts/openapi";
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
 * Makes sure that the root file is an object without loops: Redocly would go round in them, or end with a stack trace.
 * @throws UnreadableError if it is not
 */
export async function requireReadable(resolver: BaseResolver, file: string): Promise<void> {
  if (!existsSync(file)) throw new UnreadableError(file, 1, 1, "There is no such file.");
  const document = await resolver.resolveDocument(null, file, true);
  if (document instanceof Error) throw "source" in document ? asUnreadable(document) : document;
  const { source, parsed } = document;
  if (source.body.trim() === "") throw new UnreadableError(source.absoluteRef, 1, 1, "The file is empty.");
  if (!isObject(parsed)) throw at(document, "", "An OpenAPI description is an object.");
  const loop = findLoop(parsed, [], new Set());
  if (loop !== undefined) throw at(document, loop, "This is an alias of something that contains it.");
  const circle = findCircle(parsed);
  if (circle !== undefined) throw at(document, circle.pointer, `${circle.problem}.`);
}

/** What is wrong with a file that is no YAML. */
export function asUnreadable({ source, line, col, message }: YamlParseError): UnreadableError {
  const conflict = source.getLines().findIndex((text) => /^(<{7}|={7}|>{7}|\|{7})( |$)/.test(text));
  if (conflict !== -1) {
    return new UnreadableError(source.absoluteRef, conflict + 1, 1, "Resolve this merge conflict first.");
  }
  // The message ends with the file's whole path, and the line again.
  const reason = message.replace(/ in "[^"]*" \(\d+:\d+\)$/, "");
  return new UnreadableError(source.absoluteRef, line, col, reason);
}

/** JSON Pointer to a value that contains itself; `undefined` if none does. */
function findLoop(value: Json, above: readonly Json[], seen: Set<Json>, pointer = ""): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (above.includes(value)) return pointer;
  if (seen.has(value)) return undefined;
  seen.add(value);
  for (const [key, child] of Object.entries(value)) {
    const loop = findLoop(child, [...above, value], seen, pointer + formatPointer([key]));
    if (loop !== undefined) return loop;
  }
  return undefined;
}

/** A reference that leads back to itself; `undefined` if none does. */
function findCircle(parsed: Record<string, Json>): DocumentError | undefined {
  const circles: DocumentError[] = [];
  eachNode(parsed, (node, { pointer }) => {
    try {
      referenceHops(parsed, { node, pointer });
    } catch (error) {
      // References into other files, and such that lead nowhere, are for Redocly to follow.
      if (error instanceof DocumentError && error.problem.endsWith("leads back to itself"))
        circles.push(error);
    }
  });
  return circles[0];
}

function at({ source }: Document, pointer: string, reason: string): UnreadableError {
  const { start } = getLineColLocation({ source, pointer: `#${pointer || "/"}`, reportOnKey: false });
  return new UnreadableError(source.absoluteRef, start.line, start.col, reason);
}
