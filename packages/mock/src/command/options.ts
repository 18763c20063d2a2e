import { parseArgs } from "node:util";
import { MockError } from "../mock-error.ts";
import type { MockOptions } from "../start-mock.ts";
import { LONGEST_DELAY } from "../wishes/prefer.ts";

export const USAGE = `Usage: dots-mock [options]

  --port <n>           port to listen on (4010; 0 for a free one)
  --host <address>     address to listen on (127.0.0.1)
  --spec <file>        OpenAPI document, JSON or YAML (the one this version belongs to)
  --username <u>       with --password: the only credentials that pass (any)
  --password <p>
  --store <place>      SQLite file that keeps all across restarts, or the postgres:// URL of a
                       database that shares them between mocks (memory)
  --delay <ms>         milliseconds before each answer (0)
  --fault-rate <p>     share of answers, 0 to 1, that do not arrive as they should (0)
  --seed <n>           make IDs and times repeat
  --proxy <url>        pass all requests on to this server, and report what breaks the spec
  --quiet              no line per request
  --json-logs          lines as JSON
  --help               this text
  --version            the version`;

export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | {
      readonly kind: "serve";
      readonly options: MockOptions;
      readonly quiet: boolean;
      readonly jsonLogs: boolean;
    };

const FLAGS = {
  port: { type: "string", default: "4010" },
  host: { type: "string" },
  spec: { type: "string" },
  username: { type: "string" },
  password: { type: "string" },
  store: { type: "string" },
  delay: { type: "string", default: "0" },
  "fault-rate": { type: "string", default: "0" },
  seed: { type: "string" },
  proxy: { type: "string" },
  quiet: { type: "boolean", default: false },
  "json-logs": { type: "boolean", default: false },
  help: { type: "boolean", default: false },
  version: { type: "boolean", default: false },
} as const;

/** @throws MockError when a flag is unknown or has a value that it cannot have. */
export function parseCommand(args: readonly string[]): Command {
  const values = parseFlags(args);
  if (values.help) return { kind: "help" };
  if (values.version) return { kind: "version" };
  const { host, spec, username, password, store, seed, proxy } = values;
  return {
    kind: "serve",
    quiet: values.quiet,
    jsonLogs: values["json-logs"],
    options: {
      port: whole("--port", values.port, 65_535),
      delay: whole("--delay", values.delay, LONGEST_DELAY),
      faultRate: share("--fault-rate", values["fault-rate"]),
      ...(host === undefined ? {} : { host }),
      ...(spec === undefined ? {} : { spec }),
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(store === undefined ? {} : { store }),
      ...(proxy === undefined ? {} : { proxy }),
      ...(seed === undefined ? {} : { seed: whole("--seed", seed, 2 ** 32 - 1) }),
    },
  };
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, allowPositionals: false }).values;
  } catch (error) {
    const [problem] = (error instanceof Error ? error.message : String(error)).split(/[.\n]/);
    throw new MockError(`${problem}. See dots-mock --help.`);
  }
}

function whole(flag: string, value: string, most: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number <= most) return number;
  throw new MockError(`${flag} needs a whole number from 0 to ${most}, not ${JSON.stringify(value)}.`);
}

function share(flag: string, value: string): number {
  const number = Number(value);
  if (/^[\d.]+$/.test(value) && number >= 0 && number <= 1) return number;
  throw new MockError(`${flag} needs a number from 0 to 1, not ${JSON.stringify(value)}.`);
}
