import { readFileSync } from "node:fs";
import { CannotRun } from "../errors/cannot-run.ts";
import { SEVERITIES, type Severity } from "../expectations/broken-promise.ts";

const REPORTERS = ["pretty", "json", "junit", "html", "github"] as const;
export type ReporterName = (typeof REPORTERS)[number];

/** A report, and the file to write it to; the terminal if there is none. */
export interface WantedReport {
  readonly reporter: ReporterName;
  readonly file: string | undefined;
}

export function parseReports(texts: readonly string[], output: string | undefined): WantedReport[] {
  const reports = (texts.length === 0 ? ["pretty"] : texts).map((text): WantedReport => {
    const [name = "", ...file] = text.split("=");
    const reporter = REPORTERS.find((known) => known === name);
    if (reporter === undefined)
      throw new CannotRun(`--reporter is one of ${REPORTERS.join(", ")}, not ${JSON.stringify(name)}`);
    return { reporter, file: file.length === 0 ? undefined : file.join("=") };
  });
  const open = reports.filter(({ file }) => file === undefined);
  if (open.length > 1 || (output !== undefined && open.length === 0)) {
    throw new CannotRun("all reports but one need their own file: --reporter junit=contract.xml");
  }
  return reports.map((report) => ({ ...report, file: report.file ?? output }));
}

export function parseSeverities(text: string): Severity[] {
  return text.split(",").map((name) => {
    const severity = SEVERITIES.find((known) => known === name.trim());
    if (severity !== undefined) return severity;
    throw new CannotRun(`--fail-on takes ${SEVERITIES.join(", ")}, not ${JSON.stringify(name)}`);
  });
}

export function webhookSecret(
  listen: string | undefined,
  given: string | undefined,
  env: NodeJS.ProcessEnv,
): string | undefined {
  if (listen === undefined) {
    if (given !== undefined)
      throw new CannotRun("--webhook-secret needs --webhook-listen, where deliveries are received");
    return undefined;
  }
  const secret = given ?? env["DOTS_WEBHOOK_SECRET"];
  if (secret === undefined)
    throw new CannotRun(
      "--webhook-listen needs --webhook-secret, or DOTS_WEBHOOK_SECRET, that deliveries are signed with",
    );
  return secret;
}

export function parseHeaders(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name = "", value = ""] = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(text) ?? [];
      if (name === "")
        throw new CannotRun(
          `--header takes a name and a value, as in "X-Gate: open", not ${JSON.stringify(text)}`,
        );
      return [name, value];
    }),
  );
}

export function readPem(flag: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new CannotRun(`${flag}: the file ${file} cannot be read`);
  }
}

export function whole(flag: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number >= 2 ** 31) {
    throw new CannotRun(`${flag} takes a whole number, at least ${least}, not ${JSON.stringify(text)}`);
  }
  return number;
}

export function parseShard(text: string): { index: number; total: number } {
  const [, first, second] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const [index, total] = [Number(first), Number(second)];
  if (!(index >= 1 && index <= total)) {
    throw new CannotRun(
      `--shard takes the number of a part and of all parts, as in 2/4, not ${JSON.stringify(text)}`,
    );
  }
  return { index, total };
}
