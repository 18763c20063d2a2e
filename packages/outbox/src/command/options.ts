import { parseArgs } from "node:util";
import { OutboxError } from "../outbox-error.ts";

export const USAGE = `Usage: dots-outbox <command> [options]

  run <file|->          check the rows of a file, show what it comes to, and send each once
  status                show how far it is, and what a person has to look at
  resume                go on after a crash, Ctrl-C, a lack of funds, a limit
  retry --refused       send refused rows again, with new keys; [file] holds corrected content
  retry --not-paid      the same for rows that were settled as not paid
  retry <id> [file]     the same for one row
  settle <id> --paid | --not-paid
                        keep what a person has found out about an unresolved row
  settle --all --not-paid
                        settle every unresolved row that the API's list does not show
  export                write all rows as CSV, or as a page for people
  history <id>          show everything that happened to a row
  recover               take a store into use that was restored from a backup, copied or moved

The rows are CSV: the first line names the columns. \`id\` is your own ID of the row, such as the
number of an order; the others are fields of the call, with dots for those inside (person.name).
JSON lines have the same names, as objects.

Options of run
  --call <name>         what to call for each row, such as resource.method
  --store <file>        where everything is kept; the same file for every other command
  --environment <name>  where the money goes
  --base-url <url>      a mock or a stand-in instead
  --format <csv|jsonl>  what the input is (by its name; csv from standard input)
  --yes                 do not ask; needed where nobody can be asked
  --allow-duplicates    take several rows for the same person
  --dry-run             try it with a mock and a store that is thrown away

Options of run, resume and retry
  --concurrency <n>     requests that may be under way at once (10)
  --per-second <n>      requests that may leave per second
  --max-total <cents>   the most that all rows of the store may pay together
  --max-amount <cents>  the most that one row may pay
  --report <file>       write what it has come to, as .csv or .html; may be repeated

Other options
  --app-id <id>         the app that an organization's key acts for
  --object <id>         settle --paid: what the API made
  --note <text>         settle: why; kept in the history
  --output <file>       export: .csv or .html (CSV to standard output)
  --json                status: as JSON
  --help, --version

Credentials are read from DOTS_CLIENT_ID and DOTS_API_KEY.
Exit: 0 every row accepted or settled, 1 some refused or unresolved, 2 could not start,
3 stopped with rows to send: run resume.`;

const FLAGS = {
  call: { type: "string" },
  store: { type: "string" },
  environment: { type: "string" },
  "base-url": { type: "string" },
  "app-id": { type: "string" },
  format: { type: "string" },
  yes: { type: "boolean", default: false },
  "allow-duplicates": { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  concurrency: { type: "string" },
  "per-second": { type: "string" },
  "max-total": { type: "string" },
  "max-amount": { type: "string" },
  report: { type: "string", multiple: true },
  refused: { type: "boolean", default: false },
  paid: { type: "boolean", default: false },
  "not-paid": { type: "boolean", default: false },
  all: { type: "boolean", default: false },
  object: { type: "string" },
  note: { type: "string" },
  output: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
  version: { type: "boolean", default: false },
} as const;

/** Commands for a store that is there. */
const COMMANDS: readonly string[] = ["resume", "retry", "settle", "status", "export", "history", "recover"];

/** How rows are sent. */
export interface SendFlags {
  readonly concurrency: number | undefined;
  readonly perSecond: number | undefined;
  readonly maxTotal: number | undefined;
  readonly maxAmount: number | undefined;
  readonly reports: readonly string[];
}

/** Which API it is about. */
export interface TargetFlags {
  readonly environment: string | undefined;
  readonly baseUrl: string | undefined;
  readonly appId: string | undefined;
}

export interface RunFlags {
  readonly file: string;
  readonly format: "csv" | "jsonl" | undefined;
  readonly call: string;
  readonly yes: boolean;
  readonly allowDuplicates: boolean;
  readonly dryRun: boolean;
}

export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | ({ readonly kind: "run"; readonly store: string | undefined; readonly target: TargetFlags } & RunFlags & {
        readonly send: SendFlags;
      })
  | ({ readonly store: string; readonly target: TargetFlags } & (
      | { readonly kind: "resume"; readonly send: SendFlags }
      | {
          readonly kind: "retry";
          readonly send: SendFlags;
          readonly which: { readonly id: string } | "refused" | "settled-not-paid";
          readonly file: string | undefined;
          readonly format: "csv" | "jsonl" | undefined;
          readonly yes: boolean;
        }
      | {
          readonly kind: "settle";
          readonly id: string | undefined;
          readonly paid: boolean;
          readonly object: string | undefined;
          readonly note: string | undefined;
        }
      | { readonly kind: "status"; readonly json: boolean }
      | { readonly kind: "export"; readonly output: string | undefined }
      | { readonly kind: "history"; readonly id: string }
      | { readonly kind: "recover" }
    ));

type Values = ReturnType<typeof parseFlags>["values"];

/**
 * Reads the arguments of the command.
 * @throws OutboxError naming the argument that is wrong
 */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parseFlags(args);
  if (values.version) return { kind: "version" };
  const [command, ...rest] = positionals;
  if (values.help || command === undefined) return { kind: "help" };
  const target = {
    environment: values.environment,
    baseUrl: values["base-url"],
    appId: values["app-id"],
  };
  if (command === "run") return readRun(values, rest, target);
  if (!COMMANDS.includes(command)) {
    throw new OutboxError(`There is no command ${JSON.stringify(command)}. dots-outbox --help lists them.`);
  }
  const store = required("--store", values.store, "the file that run has written");
  const shared = { store, target };
  switch (command) {
    case "resume":
      atMost(rest, 0, command);
      return { kind: "resume", ...shared, send: readSend(values) };
    case "retry":
      return readRetry(values, rest, shared);
    case "settle":
      return readSettle(values, rest, shared);
    case "status":
      atMost(rest, 0, command);
      return { kind: "status", ...shared, json: values.json };
    case "export":
      atMost(rest, 0, command);
      return { kind: "export", ...shared, output: values.output };
    case "history":
      return { kind: "history", ...shared, id: required("history", rest[0], "the ID of a row") };
    case "recover":
      atMost(rest, 0, command);
      return { kind: "recover", ...shared };
    default:
      throw new Error(`${command} is not read`);
  }
}

function readRun(values: Values, rest: readonly string[], target: TargetFlags): Command {
  atMost(rest, 1, "run");
  const file = required("run", rest[0], "a file, or - for standard input");
  const call = required("--call", values.call, "what to call for each row");
  const dryRun = values["dry-run"];
  const store = dryRun ? undefined : required("--store", values.store, "where everything is kept");
  if (file === "-" && !values.yes && !dryRun) {
    throw new OutboxError("Standard input holds the rows, so that nobody can be asked: --yes is needed.");
  }
  return {
    kind: "run",
    store,
    target,
    file,
    format: readFormat(values.format),
    call,
    yes: values.yes,
    allowDuplicates: values["allow-duplicates"],
    dryRun,
    send: readSend(values),
  };
}

function readRetry(
  values: Values,
  rest: readonly string[],
  shared: { readonly store: string; readonly target: TargetFlags },
): Command {
  const isBulk = values.refused || values["not-paid"];
  atMost(rest, isBulk ? 1 : 2, "retry");
  const [first, second] = rest;
  if (values.refused && values["not-paid"])
    throw new OutboxError("Give --refused or --not-paid, one of them.");
  const which = values.refused
    ? ("refused" as const)
    : values["not-paid"]
      ? ("settled-not-paid" as const)
      : { id: required("retry", first, "the ID of a row, or --refused") };
  const file = isBulk ? first : second;
  const format = readFormat(values.format);
  return { kind: "retry", ...shared, send: readSend(values), which, file, format, yes: values.yes };
}

function readSettle(
  values: Values,
  rest: readonly string[],
  shared: { readonly store: string; readonly target: TargetFlags },
): Command {
  atMost(rest, values.all ? 0 : 1, "settle");
  if (values.paid === values["not-paid"]) throw new OutboxError("Give --paid or --not-paid, one of them.");
  if (values.all && values.paid)
    throw new OutboxError("What was paid is settled row by row: settle <id> --paid.");
  const id = values.all ? undefined : required("settle", rest[0], "the ID of a row");
  const { paid, object, note } = values;
  return { kind: "settle", ...shared, id, paid, object, note };
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, allowPositionals: true });
  } catch (error) {
    const [problem] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw new OutboxError(`${problem}. dots-outbox --help lists the options.`);
  }
}

function readSend(values: Values): SendFlags {
  return {
    concurrency: whole("--concurrency", values.concurrency, 1),
    perSecond: whole("--per-second", values["per-second"], 1),
    maxTotal: cents("--max-total", values["max-total"]),
    maxAmount: cents("--max-amount", values["max-amount"]),
    reports: (values.report ?? []).map(readReport),
  };
}

function readReport(file: string): string {
  if (/\.(csv|html)$/i.test(file)) return file;
  throw new OutboxError(`--report takes a file that ends in .csv or .html, not ${JSON.stringify(file)}.`);
}

function readFormat(format: string | undefined): "csv" | "jsonl" | undefined {
  if (format === undefined || format === "csv" || format === "jsonl") return format;
  throw new OutboxError(`--format is csv or jsonl, not ${JSON.stringify(format)}.`);
}

function required(flag: string, value: string | undefined, what: string): string {
  if (value !== undefined && value !== "") return value;
  throw new OutboxError(`${flag} needs ${what}. dots-outbox --help shows how.`);
}

function atMost(rest: readonly string[], most: number, command: string): void {
  const extra = rest.slice(most);
  if (extra.length === 0) return;
  throw new OutboxError(`${command} takes no ${JSON.stringify(extra[0])}. dots-outbox --help shows how.`);
}

function cents(flag: string, text: string | undefined): number | undefined {
  if (text !== undefined && !/^\d+$/.test(text)) {
    throw new OutboxError(`${flag} takes whole cents, such as 1000 for 10.00, not ${JSON.stringify(text)}.`);
  }
  return whole(flag, text, 1);
}

function whole(flag: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || !Number.isSafeInteger(value)) {
    throw new OutboxError(`${flag} takes a whole number from ${least} on, not ${JSON.stringify(text)}.`);
  }
  return value;
}
