import { parseArgs } from "node:util";
import type { AccountOption } from "../api/account-options.ts";
import { OutboxError } from "../outbox-error.ts";

const FLAGS = {
  call: { type: "string" },
  store: { type: "string" },
  environment: { type: "string" },
  "base-url": { type: "string" },
  format: { type: "string" },
  yes: { type: "boolean", default: false },
  "allow-duplicates": { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  concurrency: { type: "string" },
  "per-second": { type: "string" },
  "max-total": { type: "string" },
  "max-amount": { type: "string" },
  "new-client": { type: "boolean", default: false },
  report: { type: "string", multiple: true },
  refused: { type: "boolean", default: false },
  paid: { type: "boolean", default: false },
  "not-paid": { type: "boolean", default: false },
  all: { type: "boolean", default: false },
  object: { type: "string" },
  note: { type: "string" },
  "fetch-sends-once": { type: "boolean", default: false },
  output: { type: "string" },
  json: { type: "boolean", default: false },
  watch: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
  version: { type: "boolean", default: false },
} as const;

type Values = ReturnType<typeof parseKnown>["values"];

/** The arguments of the command: its flags and positionals. */
export interface Arguments {
  readonly values: Values;
  readonly positionals: readonly string[];
  /** Client options that say for whom it acts. */
  readonly options: Readonly<Record<string, string>>;
}

/** @throws OutboxError naming a flag that is unknown or lacks its value */
export function parseFlags(args: readonly string[], accountOptions: readonly AccountOption[]): Arguments {
  try {
    const { values, positionals } = parseKnown(args, accountOptions);
    const given: Readonly<Record<string, unknown>> = values;
    const options = accountOptions.flatMap(({ option, flag }) => {
      const value = given[flag];
      return typeof value === "string" ? [[option, value] as const] : [];
    });
    return { values, positionals, options: Object.fromEntries(options) };
  } catch (error) {
    const [problem] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw new OutboxError(`${problem}. dots-outbox --help lists the options.`);
  }
}

function parseKnown(args: readonly string[], accountOptions: readonly AccountOption[]) {
  const more = Object.fromEntries(accountOptions.map(({ flag }) => [flag, { type: "string" as const }]));
  return parseArgs({ args: [...args], options: { ...more, ...FLAGS }, allowPositionals: true });
}

export function readFormat(format: string | undefined): "csv" | "jsonl" | undefined {
  if (format === undefined || format === "csv" || format === "jsonl") return format;
  throw new OutboxError(`--format is csv or jsonl, not ${JSON.stringify(format)}.`);
}

export function required(flag: string, value: string | undefined, what: string): string {
  if (value !== undefined && value !== "") return value;
  throw new OutboxError(`${flag} needs ${what}. dots-outbox --help shows how.`);
}

export function atMost(rest: readonly string[], most: number, command: string): void {
  const extra = rest.slice(most);
  if (extra.length === 0) return;
  throw new OutboxError(`${command} takes no ${JSON.stringify(extra[0])}. dots-outbox --help shows how.`);
}

/** A limit of the whole store: `none` lifts it. */
export function limit(
  flag: string,
  text: string | undefined,
  read: (flag: string, text: string | undefined) => number | undefined,
): number | null | undefined {
  return text === "none" ? null : read(flag, text);
}

export function cents(flag: string, text: string | undefined): number | undefined {
  if (text !== undefined && !/^\d+$/.test(text)) {
    throw new OutboxError(`${flag} takes whole cents, such as 1000 for 10.00, not ${JSON.stringify(text)}.`);
  }
  return whole(flag, text, 1);
}

export function whole(flag: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || !Number.isSafeInteger(value)) {
    throw new OutboxError(`${flag} takes a whole number, at least ${least}, not ${JSON.stringify(text)}.`);
  }
  return value;
}
