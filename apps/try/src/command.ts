import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { table } from "./outcome/table.ts";
import { openSource, SourceError } from "./run/source.ts";

const USAGE = `pnpm try <OpenAPI file or URL> [--json]

Runs lint, types, client, mock, contract suite and docs on an OpenAPI 3.0 or 3.1 description, and changes nothing. Exit status: 0 everything works, 1 something does not, 2 the description cannot be read.

  --json   print the outcomes as JSON
  --help   show this`;

/** Where the command prints. */
export interface Terminal {
  readonly out: (text: string) => void;
  /** For output that is not part of the result. */
  readonly err: (text: string) => void;
  /** In characters. */
  readonly width: number;
}

/** Runs the command, and returns its exit status. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  try {
    return await run(args, terminal);
  } catch (error) {
    const isUsage = error instanceof TypeError && "code" in error;
    if (!(error instanceof SourceError || isUsage)) throw error;
    terminal.err(`${error.message}\n\n${USAGE}\n`);
    return 2;
  }
}

async function run(args: readonly string[], { out, err, width }: Terminal): Promise<0 | 1> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    out(`${USAGE}\n`);
    return 0;
  }
  const [given, ...more] = positionals;
  if (given === undefined || more.length > 0) throw new SourceError("One file or URL is needed.");
  const isUrl = /^https?:\/\//i.test(given);
  const source = await openSource(isUrl ? given : resolve(process.env["INIT_CWD"] ?? ".", given));
  // Loaded after the arguments were checked, because loading takes time.
  const [{ buildTools }, { trySpec }] = await Promise.all([
    import("./run/build-tools.ts"),
    import("./run/try-spec.ts"),
  ]);
  const outcomes = await trySpec(source, { prepare: buildTools, say: (step) => err(`${step} …\n`) });
  out(values.json ? `${JSON.stringify(outcomes, null, 2)}\n` : `\n${table(outcomes, width)}\n`);
  return outcomes.every(({ result }) => result === "works") ? 0 : 1;
}
