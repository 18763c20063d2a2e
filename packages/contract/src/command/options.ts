import { parseArgs } from "node:util";
import { CannotRun } from "../errors/cannot-run.ts";
import type { ContractOptions } from "../run/contract-options.ts";

const REPORTERS = ["pretty", "json", "junit", "html"] as const;
export type ReporterName = (typeof REPORTERS)[number];

/** What the command was asked for. */
export interface Command {
  readonly options: ContractOptions;
  readonly reporter: ReporterName;
  /** The file that the report goes to; the terminal where there is none. */
  readonly output: string | undefined;
}

export const USAGE = `dots-contract <base-url> [options]

Checks whether a server keeps the spec. Exit status: 0 it does, 1 it does not, 2 could not run.

  --username <name>     the client ID that the server knows; or DOTS_CLIENT_ID
  --password <secret>   the API key that belongs to it; or DOTS_API_KEY
  --second-username <name>, --second-password <secret>
                        another account, to find out whether keys are its own;
                        or DOTS_SECOND_CLIENT_ID and DOTS_SECOND_API_KEY
  --spec <file>         a bundled OpenAPI document in JSON, instead of the published one
  --only <text,…>       checks with one of these texts in their ID (operation, group, or a part; * is anything)
  --seed <n>            repeats the random values of an earlier run
  --bail                stop after the first promise that is broken
  --concurrency <n>     how many checks run at once (16)
  --timeout <ms>        how long one answer may take, in milliseconds (10000)
  --key-age <ms>        how old keys have to be before they are sent again at the end (3500)
  --shard <i/n>         run the i-th of n parts
  --allow-production    run against the spec's production server, where everything is real
  --allow-deliveries    let requests write to people; else that happens on this machine only
  --reporter <name>     pretty, json, junit or html (pretty)
  --output <file>       write the report to a file
  --help                show this
`;

/**
 * Reads the arguments of the command.
 * @returns `undefined` when help was asked for
 * @throws CannotRun naming the argument that is wrong
 */
export function parseCommand(args: readonly string[], env: NodeJS.ProcessEnv): Command | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const [url, ...more] = positionals;
  if (url === undefined)
    throw new CannotRun("which server? Give its base URL: dots-contract http://127.0.0.1:4010");
  if (more.length > 0)
    throw new CannotRun(`one base URL is checked at a time; ${more.join(", ")} is too much`);
  const reporter = REPORTERS.find((name) => name === (values.reporter ?? "pretty"));
  if (reporter === undefined)
    throw new CannotRun(`--reporter is one of ${REPORTERS.join(", ")}, not ${values.reporter}`);
  return {
    reporter,
    output: values.output,
    options: {
      url,
      username: values.username ?? env["DOTS_CLIENT_ID"],
      password: values.password ?? env["DOTS_API_KEY"],
      secondUsername: values["second-username"] ?? env["DOTS_SECOND_CLIENT_ID"],
      secondPassword: values["second-password"] ?? env["DOTS_SECOND_API_KEY"],
      spec: values.spec,
      only: values.only?.flatMap((text) => text.split(",")).filter((text) => text !== ""),
      seed: whole("--seed", values.seed, 0),
      bail: values.bail === true,
      allowProduction: values["allow-production"],
      allowDeliveries: values["allow-deliveries"],
      concurrency: whole("--concurrency", values.concurrency, 1),
      timeout: whole("--timeout", values.timeout, 1),
      keyAge: whole("--key-age", values["key-age"], 0),
      shard: values.shard === undefined ? undefined : parseShard(values.shard),
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        username: { type: "string" },
        password: { type: "string" },
        "second-username": { type: "string" },
        "second-password": { type: "string" },
        spec: { type: "string" },
        only: { type: "string", multiple: true },
        seed: { type: "string" },
        bail: { type: "boolean" },
        concurrency: { type: "string" },
        timeout: { type: "string" },
        "key-age": { type: "string" },
        shard: { type: "string" },
        "allow-production": { type: "boolean" },
        "allow-deliveries": { type: "boolean" },
        reporter: { type: "string" },
        output: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    const [message = "the arguments cannot be read"] =
      error instanceof Error ? error.message.split(". ") : [];
    throw new CannotRun(
      `${message.charAt(0).toLowerCase()}${message.slice(1)}. dots-contract --help lists the options.`,
    );
  }
}

function whole(flag: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number >= 2 ** 31) {
    throw new CannotRun(`${flag} takes a whole number from ${least} on, not ${JSON.stringify(text)}`);
  }
  return number;
}

function parseShard(text: string): { index: number; total: number } {
  const [, first, second] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const [index, total] = [Number(first), Number(second)];
  if (!(index >= 1 && index <= total)) {
    throw new CannotRun(
      `--shard takes the number of a part and of all parts, as in 2/4, not ${JSON.stringify(text)}`,
    );
  }
  return { index, total };
}
