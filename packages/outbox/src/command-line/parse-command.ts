import type { AccountOption } from "../api/account-options.ts";
import { OutboxError } from "../outbox-error.ts";
import { isPostgres } from "../store/postgres/connection/driver.ts";
import type { AddFlags, Command, SendFlags, TargetFlags } from "./command.ts";
import { type Arguments, atMost, cents, limit, parseFlags, readFormat, required, whole } from "./flags.ts";
import { readReportFile } from "./report-file.ts";

/** Commands for an existing store. */
const COMMANDS: readonly string[] = [
  "resume",
  "work",
  "retry",
  "settle",
  "acknowledge",
  "status",
  "export",
  "history",
  "read-back",
  "recover",
];

type Values = Arguments["values"];

/**
 * Reads the arguments of the command.
 * @throws OutboxError naming the wrong argument
 */
export function parseCommand(args: readonly string[], accountOptions: readonly AccountOption[]): Command {
  const { values, positionals, options } = parseFlags(args, accountOptions);
  if (values.version) return { kind: "version" };
  const [command, ...rest] = positionals;
  if (values.help || command === undefined) return { kind: "help" };
  const target = {
    environment: values.environment,
    baseUrl: values["base-url"],
    fetchSendsOnce: values["fetch-sends-once"],
    options,
  };
  if (command === "run") return readRun(values, rest, target);
  if (command === "add") return readAdd(values, rest, target);
  if (!COMMANDS.includes(command)) {
    throw new OutboxError(`There is no command ${JSON.stringify(command)}. dots-outbox --help lists them.`);
  }
  const store = required("--store", values.store, "the file that run has written, or the URL of a database");
  const shared = { store, target };
  switch (command) {
    case "resume":
      atMost(rest, 0, command);
      return { kind: "resume", ...shared, send: readSend(values, [store]) };
    case "work":
      atMost(rest, 0, command);
      if (!isPostgres(store)) {
        throw new OutboxError(
          "work needs a store that several machines can reach: --store postgres://…. To send from a file, use resume.",
        );
      }
      if (values.report !== undefined)
        throw new OutboxError("work takes no --report. Use export to write one at any time.");
      return { kind: "work", ...shared, send: readSend(values, []) };
    case "retry":
      return readRetry(values, rest, shared);
    case "settle":
      return readSettle(values, rest, shared);
    case "acknowledge": {
      atMost(rest, 1, command);
      const id = required("acknowledge", rest[0], "the ID of a row");
      return { kind: "acknowledge", ...shared, id, note: values.note };
    }
    case "status":
      atMost(rest, 0, command);
      return { kind: "status", ...shared, json: values.json, watch: values.watch };
    case "export":
      atMost(rest, 0, command);
      return { kind: "export", ...shared, output: readOutput(values.output, store) };
    case "history":
      atMost(rest, 1, command);
      return { kind: "history", ...shared, id: rest[0] };
    case "read-back":
      atMost(rest, 0, command);
      return { kind: "read-back", ...shared };
    case "recover":
      atMost(rest, 0, command);
      return { kind: "recover", ...shared, yes: values.yes };
    default:
      throw new Error(`${command} is not read`);
  }
}

function readOutput(file: string | undefined, store: string): string | undefined {
  return file === undefined ? undefined : readReportFile("--output", file, [store]);
}

function readRun(values: Values, rest: readonly string[], target: TargetFlags): Command {
  const dryRun = values["dry-run"];
  const flags = readRows(values, rest, "run", dryRun);
  const store = dryRun ? undefined : required("--store", values.store, STORE);
  const send = readSend(values, [flags.file, ...(store === undefined ? [] : [store])]);
  return { kind: "run", store, target, ...flags, dryRun, send };
}

const STORE = "the name of a file, or the URL of a database, to store everything in";

function readAdd(values: Values, rest: readonly string[], target: TargetFlags): Command {
  const flags = readRows(values, rest, "add", false);
  return { kind: "add", store: required("--store", values.store, STORE), target, ...flags };
}

function readRows(values: Values, rest: readonly string[], command: string, dryRun: boolean): AddFlags {
  atMost(rest, 1, command);
  const file = required(command, rest[0], "a file, or - for standard input");
  const call = required("--call", values.call, "what to call for each row");
  if (file === "-" && !values.yes && !dryRun) {
    throw new OutboxError("The rows come from standard input, so the command can't ask: add --yes.");
  }
  const format = readFormat(values.format);
  return { file, format, call, yes: values.yes, allowDuplicates: values["allow-duplicates"] };
}

function readRetry(
  values: Values,
  rest: readonly string[],
  shared: { readonly store: string; readonly target: TargetFlags },
): Command {
  const isBulk = values.refused || values["not-paid"];
  atMost(rest, isBulk ? 1 : 2, "retry");
  const [first, second] = rest;
  if (values.refused && values["not-paid"]) throw new OutboxError("Use either --refused or --not-paid.");
  const which = values.refused
    ? ("refused" as const)
    : values["not-paid"]
      ? ("settled-not-paid" as const)
      : { id: required("retry", first, "the ID of a row, or --refused") };
  const file = isBulk ? first : second;
  const format = readFormat(values.format);
  const send = readSend(values, [shared.store, ...(file === undefined ? [] : [file])]);
  return { kind: "retry", ...shared, send, which, file, format, yes: values.yes };
}

function readSettle(
  values: Values,
  rest: readonly string[],
  shared: { readonly store: string; readonly target: TargetFlags },
): Command {
  atMost(rest, values.all ? 0 : 1, "settle");
  if (values.paid === values["not-paid"]) throw new OutboxError("Use either --paid or --not-paid.");
  if (values.all && values.paid)
    throw new OutboxError("Paid rows are settled one by one: settle <id> --paid.");
  const id = values.all ? undefined : required("settle", rest[0], "the ID of a row");
  const { paid, object, note, yes } = values;
  return { kind: "settle", ...shared, id, paid, object, note, yes };
}

/** @param kept files that a report must not overwrite */
function readSend(values: Values, kept: readonly string[]): SendFlags {
  return {
    concurrency: whole("--concurrency", values.concurrency, 1),
    perSecond: limit("--per-second", values["per-second"], (flag, text) => whole(flag, text, 1)),
    maxTotal: limit("--max-total", values["max-total"], cents),
    maxAmount: limit("--max-amount", values["max-amount"], cents),
    newClient: values["new-client"],
    reports: (values.report ?? []).map((name) => readReportFile("--report", name, kept)),
  };
}
