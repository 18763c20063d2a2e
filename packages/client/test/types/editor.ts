import { spawn } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";

/** By its file: on Windows the command of this name is a script, which cannot be started without a shell. */
const TSC = fileURLToPath(new URL("../../../../node_modules/typescript/bin/tsc", import.meta.url));

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: { readonly contents?: { readonly value?: string } } | null;
}

/**
 * What an editor shows of the names in a program, by the compiler's own language server: the code of the hover, without
 * the comment below it.
 * @param program the text of a program in this folder; a `|` is before each name
 */
export async function hovers(program: string): Promise<string[]> {
  const folder = import.meta.dirname;
  const server = spawn(process.execPath, [TSC, "--lsp", "--stdio"], {
    cwd: folder,
    stdio: ["pipe", "pipe", "ignore"],
  });
  onTestFinished(() => void server.kill());
  const waiting = new Map<number | undefined, (message: Message) => void>();

  const send = (message: object): void => {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  const ask = (method: string, params: object): Promise<Message> =>
    new Promise((resolve) => {
      const id = waiting.size + 1;
      waiting.set(id, resolve);
      send({ id, method, params });
    });

  let received = Buffer.alloc(0);
  server.stdout.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const head = /^[\s\S]*?Content-Length: (\d+)[\s\S]*?\r\n\r\n/.exec(received.toString("latin1"));
      const end = (head?.[0].length ?? Number.POSITIVE_INFINITY) + Number(head?.[1]);
      if (!(received.length >= end)) return;
      const message: Message = JSON.parse(received.subarray(head?.[0].length, end).toString());
      received = received.subarray(end);
      // The server asks things of the editor too.
      if (message.method !== undefined && message.id !== undefined) send({ id: message.id, result: null });
      else waiting.get(message.id)?.(message);
    }
  });

  const uri = pathToFileURL(`${folder}/program.ts`).href;
  const hover = { contentFormat: ["markdown"] };
  await ask("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: { textDocument: { hover } },
  });
  send({ method: "initialized", params: {} });
  const [first = "", ...parts] = program.split("|");
  const textDocument = { uri, languageId: "typescript", version: 1, text: [first, ...parts].join("") };
  send({ method: "textDocument/didOpen", params: { textDocument } });
  let before = first;
  const answers: Promise<Message>[] = [];
  for (const part of parts) {
    const lines = before.split("\n");
    const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    answers.push(ask("textDocument/hover", { textDocument: { uri }, position }));
    before += part;
  }
  return (await Promise.all(answers)).map(({ result }) => {
    const [, code = ""] = /```typescript\n([\s\S]*?)\n```/.exec(result?.contents?.value ?? "") ?? [];
    return code;
  });
}
