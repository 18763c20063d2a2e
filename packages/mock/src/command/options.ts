import { parseArgs } from "node:util";
import { share, whole, wrong } from "../checked-values.ts";
import { moment } from "../clock/duration.ts";
import { MockError } from "../mock-error.ts";
import type { MockOptions } from "../options/mock-options.ts";
import { LONGEST_DELAY } from "../wishes/prefer.ts";
import type { ServeCommand } from "./serve.ts";

export const USAGE = `Usage: dots-mock [options]

  -p, --port <n>       port to listen on (4010; 0 for a free one)
  --host <address>     address to listen on (127.0.0.1)
  --allow-host <name>  a host name the mock answers to; may be repeated
  --allow-origin <o>   an origin whose pages may call the mock; may be repeated (this machine)
  --spec <file>        OpenAPI document, JSON or YAML, or its URL (the one for this version)
  --cert <file>        with --key: serve HTTPS with this certificate (PEM)
  --key <file>
  --username <u>       with --password: the only credentials that are accepted (any)
  --password <p>
  --store <place>      SQLite file that keeps everything across restarts, or the postgres:// URL of a
                       database that mocks share (memory)
  --delay <ms>         milliseconds before each answer (0)
  --fault-rate <p>     share of answers, 0 to 1, that fail in some way (0)
  --webhook-url <u>    with --webhook-secret: where events are sent (nowhere)
  --webhook-secret <s>
  --webhook-shape <s>  the bodies of events: published or proposed (published)
  --seed <n>           make IDs and times repeatable
  --now <time>         the time at which the mock's clock starts (the current time)
  --auto               make the usual next move of a resource automatically, after 5 s
  --strict             refuse suspicious requests instead of warning about them
  --shared             let all client IDs and apps share all state
  --proxy <url>        forward all requests to this server, and report what breaks the spec
  --quiet              don't log a line per request
  --json-logs          log lines as JSON
  -h, --help           this text
  --version            the version`;

export type Command = { readonly kind: "help" } | { readonly kind: "version" } | ServeCommand;

const FLAGS = {
  port: { type: "string", short: "p", default: "4010" },
  host: { type: "string" },
  "allow-host": { type: "string", multiple: true },
  "allow-origin": { type: "string", multiple: true },
  "webhook-url": { type: "string" },
  "webhook-secret": { type: "string" },
  "webhook-shape": { type: "string" },
  now: { type: "string" },
  auto: { type: "boolean", default: false },
  strict: { type: "boolean", default: false },
  shared: { type: "boolean", default: false },
  spec: { type: "string" },
  cert: { type: "string" },
  key: { type: "string" },
  username: { type: "string" },
  password: { type: "string" },
  store: { type: "string" },
  delay: { type: "string", default: "0" },
  "fault-rate": { type: "string", default: "0" },
  seed: { type: "string" },
  proxy: { type: "string" },
  quiet: { type: "boolean", default: false },
  "json-logs": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
  version: { type: "boolean", default: false },
} as const;

/** @throws MockError if a flag is unknown or has an invalid value. */
export function parseCommand(args: readonly string[]): Command {
  const values = parseFlags(args);
  if (values.help) return { kind: "help" };
  if (values.version) return { kind: "version" };
  const { host, spec, username, password, store, seed, proxy, now, cert, key } = values;
  const { "allow-host": allowHost, "allow-origin": allowOrigin } = values;
  return {
    kind: "serve",
    quiet: values.quiet,
    jsonLogs: values["json-logs"],
    options: {
      port: whole("--port", numberOf(values.port), 0, 65_535),
      delay: whole("--delay", numberOf(values.delay), 0, LONGEST_DELAY),
      faultRate: share("--fault-rate", numberOf(values["fault-rate"])),
      auto: values.auto,
      strict: values.strict,
      shared: values.shared,
      ...(allowHost === undefined ? {} : { allowHost }),
      ...(allowOrigin === undefined ? {} : { allowOrigin }),
      ...webhookOptions(values),
      ...(now === undefined ? {} : { now: timeOf(now) }),
      ...(host === undefined ? {} : { host }),
      ...(spec === undefined ? {} : { spec }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(store === undefined ? {} : { store }),
      ...(proxy === undefined ? {} : { proxy }),
      ...(seed === undefined ? {} : { seed: whole("--seed", numberOf(seed), 0, 2 ** 32 - 1) }),
    },
  };
}

function webhookOptions(
  values: ReturnType<typeof parseFlags>,
): Pick<MockOptions, "webhookUrl" | "webhookSecret" | "webhookShape"> {
  const { "webhook-url": url, "webhook-secret": secret, "webhook-shape": shape } = values;
  if (shape !== undefined && shape !== "published" && shape !== "proposed") {
    throw wrong("--webhook-shape", "published or proposed", shape);
  }
  return {
    ...(url === undefined ? {} : { webhookUrl: url }),
    ...(secret === undefined ? {} : { webhookSecret: secret }),
    ...(shape === undefined ? {} : { webhookShape: shape }),
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

/** Parses a number; returns the string itself if it is not one, so that an error can show it. */
function numberOf(text: string): number | string {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function timeOf(text: string): number {
  try {
    return moment(text);
  } catch {
    throw wrong("--now", "a time such as 2026-03-01T09:00:00Z", text);
  }
}
