import { parseArgs } from "node:util";
import { CannotRun } from "../errors/cannot-run.ts";
import { SEVERITIES, type Severity } from "../expectations/broken-promise.ts";
import type { ContractOptions } from "../run/contract-options.ts";
import {
  parseHeaders,
  parseReports,
  parseSeverities,
  parseShard,
  readPem,
  type WantedReport,
  webhookSecret,
  whole,
} from "./option-values.ts";

/** A request for `--help`, with the spec whose options are listed too. */
export interface HelpWanted {
  readonly help: true;
  readonly spec: string | undefined;
}

/** What the command should do. */
export interface Command {
  readonly options: ContractOptions;
  readonly reports: readonly WantedReport[];
  /** The severities of broken promises for which the command fails. */
  readonly failOn: readonly Severity[];
  /** The file of an earlier report with known causes. */
  readonly baseline: string | undefined;
  /** The folder for a script for each cause. */
  readonly scripts: string | undefined;
  readonly listCreated: boolean;
}

/**
 * Reads the arguments of the command.
 * @throws CannotRun naming the wrong argument
 */
export async function parseCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Command | HelpWanted> {
  const { values, positionals, headerOptions } = await parse(args);
  if (values.help) return { help: true, spec: values.spec };
  const [url, ...more] = positionals;
  if (url === undefined)
    throw new CannotRun("no server given. Pass its base URL: dots-contract http://127.0.0.1:4010");
  if (more.length > 0)
    throw new CannotRun(`only one base URL can be checked at a time; remove ${more.join(", ")}`);
  if ((values.cert === undefined) !== (values.key === undefined))
    throw new CannotRun("--cert and --key must be used together");
  return {
    reports: parseReports(values.reporter ?? [], values.output),
    failOn: values["fail-on"] === undefined ? SEVERITIES : parseSeverities(values["fail-on"]),
    baseline: values.baseline,
    scripts: values.export,
    listCreated: values["list-created"] === true,
    options: {
      url,
      username: values.username ?? env["DOTS_CLIENT_ID"],
      password: values.password ?? env["DOTS_API_KEY"],
      secondUsername: values["second-username"] ?? env["DOTS_SECOND_CLIENT_ID"],
      secondPassword: values["second-password"] ?? env["DOTS_SECOND_API_KEY"],
      values: values.values,
      headerOptions,
      headers: parseHeaders(values.header ?? []),
      proxy: values.proxy,
      tls: {
        ...(values.cert === undefined ? {} : { cert: readPem("--cert", values.cert) }),
        ...(values.key === undefined ? {} : { key: readPem("--key", values.key) }),
        ...(values.ca === undefined ? {} : { ca: readPem("--ca", values.ca) }),
      },
      spec: values.spec,
      strict: values.strict === true,
      quick: values.quick === true,
      cleanUp: values.keep !== true,
      only: values.only?.flatMap((text) => text.split(",")).filter((text) => text !== ""),
      seed: whole("--seed", values.seed, 0),
      bail: values.bail === true,
      allowProduction: values["allow-production"],
      allowDeliveries: values["allow-deliveries"],
      concurrency: whole("--concurrency", values.concurrency, 1),
      timeout: whole("--timeout", values.timeout, 1),
      keyAge: whole("--key-age", values["key-age"], 0),
      webhookListen: values["webhook-listen"],
      webhookSecret: webhookSecret(values["webhook-listen"], values["webhook-secret"], env),
      webhookWait: whole("--webhook-wait", values["webhook-wait"], 0),
      shard: values.shard === undefined ? undefined : parseShard(values.shard),
    },
  };
}

/** The command's own options, independent of the spec. */
const OPTIONS = {
  username: { type: "string" },
  password: { type: "string" },
  "second-username": { type: "string" },
  "second-password": { type: "string" },
  values: { type: "string" },
  header: { type: "string", multiple: true },
  proxy: { type: "string" },
  cert: { type: "string" },
  key: { type: "string" },
  ca: { type: "string" },
  timeout: { type: "string" },
  spec: { type: "string" },
  only: { type: "string", multiple: true },
  shard: { type: "string" },
  seed: { type: "string" },
  bail: { type: "boolean" },
  concurrency: { type: "string" },
  "key-age": { type: "string" },
  quick: { type: "boolean" },
  "webhook-listen": { type: "string" },
  "webhook-secret": { type: "string" },
  "webhook-wait": { type: "string" },
  "allow-production": { type: "boolean" },
  "allow-deliveries": { type: "boolean" },
  strict: { type: "boolean" },
  "fail-on": { type: "string" },
  baseline: { type: "string" },
  reporter: { type: "string", multiple: true },
  output: { type: "string" },
  export: { type: "string" },
  "list-created": { type: "boolean" },
  keep: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies NonNullable<Parameters<typeof parseArgs>[0]>["options"];

/**
 * The arguments with their values, and the values of the options that the spec declares. The spec is only read if there
 * is an option that the command does not know.
 */
async function parse(args: readonly string[]) {
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true });
  const isForeign = tokens.some(
    (token) => token.kind === "option" && !Object.hasOwn(OPTIONS, token.name) && token.rawName !== "-h",
  );
  if (!isForeign) return { ...parseOwn(args), headerOptions: {} };
  const { headerFlags, takeHeaderFlags } = await import("./header-flags.ts");
  const { headerOptions, rest } = takeHeaderFlags(args, OPTIONS, headerFlags(specIn(args)));
  return { ...parseOwn(rest), headerOptions };
}

/** The spec that the arguments name; the published one if they name none. */
function specIn(args: readonly string[]): string | undefined {
  const { spec } = parseArgs({ args: [...args], options: OPTIONS, strict: false }).values;
  return typeof spec === "string" ? spec : undefined;
}

function parseOwn(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    const [message = "the arguments cannot be read"] =
      error instanceof Error ? error.message.split(". ") : [];
    throw new CannotRun(
      `${message.charAt(0).toLowerCase()}${message.slice(1)}. dots-contract --help lists the options.`,
    );
  }
}
