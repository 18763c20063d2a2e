import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { LanguageServer } from "./language-server.ts";
import { median } from "./measurement.ts";

const ROUNDS = 7;

interface Completion {
  /** The text before the cursor, on its own line. */
  readonly before: string;
  readonly after: string;
  /** A name that must be among the suggestions. */
  readonly offered: string;
}

const METHODS: Completion = { before: "dots.", after: "", offered: "things1" };
const FIELDS: Completion = { before: "await dots.things1.create({ ", after: "});", offered: "color" };

/** How long an editor takes to show suggestions: after opening a program, and after each key. */
export async function completionTimes(
  program: string,
  place: { readonly folder: string; readonly env: NodeJS.ProcessEnv },
): Promise<{ first: number; methods: number; fields: number }> {
  const [head = ""] = readFileSync(program, "utf8").split(/^(?=const thing)/m);
  const uri = pathToFileURL(program).href;
  const server = new LanguageServer(place.folder, place.env);
  let version = 1;
  const complete = async ({ before, after, offered }: Completion): Promise<number> => {
    version += 1;
    const text = `${head}${before}${after}\n`;
    const started = performance.now();
    server.notify("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
    const position = { line: head.split("\n").length - 1, character: before.length };
    const items = await server.request("textDocument/completion", { textDocument: { uri }, position });
    const time = performance.now() - started;
    if (!JSON.stringify(items).includes(`"label":"${offered}`)) {
      throw new Error(`after ${before} the editor does not offer ${offered}`);
    }
    return time;
  };
  try {
    await server.request("initialize", {
      processId: process.pid,
      rootUri: pathToFileURL(place.folder).href,
      capabilities: {},
    });
    server.notify("initialized", {});
    server.notify("textDocument/didOpen", {
      textDocument: { uri, languageId: "typescript", version, text: head },
    });
    const first = await complete(METHODS);
    const methods: number[] = [];
    const fields: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      methods.push(await complete(METHODS));
      fields.push(await complete(FIELDS));
    }
    return { first, methods: median(methods), fields: median(fields) };
  } finally {
    server.close();
  }
}
