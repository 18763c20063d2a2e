import { asDocument, endlessPlace, isObject, type OpenApiDocument } from "@dots-payouts/openapi";
import { BaseResolver, bundle, createConfig, lint, YamlParseError } from "@redocly/openapi-core";
import { Refused } from "../outcome/outcome.ts";

type Problem = Awaited<ReturnType<typeof lint>>[number];

/**
 * A short summary of Redocly's report on a description.
 * @param ref its file or URL
 * @param folder the folder that it is in, which is omitted from places; a URL is told in full
 * @throws Refused with the first error if there is one
 */
export async function lintSource(ref: string, folder: string | undefined): Promise<string> {
  await requireEnd(ref, folder);
  const problems = await reading(ref, folder, async () => lint({ ref, config: await createConfig(RULES) }));
  refuseErrors(problems, folder);
  const warnings = problems.length;
  return warnings === 0 ? "" : `${warnings} warning${warnings === 1 ? "" : "s"}`;
}

/**
 * A description in one document.
 * @throws Refused if that cannot be made
 */
export async function bundleSource(ref: string, folder: string | undefined): Promise<OpenApiDocument> {
  await requireEnd(ref, folder);
  const { bundle: made, problems } = await reading(ref, folder, async () =>
    bundle({ ref, config: await createConfig(RULES) }),
  );
  refuseErrors(problems, folder);
  // OpenAPI 3.1 allows descriptions of webhooks alone.
  return asDocument(isObject(made.parsed) ? { paths: {}, ...made.parsed } : made.parsed);
}

// A slash at the end of a server's URL is a matter of taste, and adapted.
const RULES: Parameters<typeof createConfig>[0] = {
  extends: ["minimal"],
  rules: { "no-server-trailing-slash": "warn" },
};

/** Makes sure that Redocly comes to an end. What else may be wrong with the root file is for Redocly to say. */
async function requireEnd(ref: string, folder: string | undefined): Promise<void> {
  const document = await reading(ref, folder, () => new BaseResolver().resolveDocument(null, ref, true));
  const endless = document instanceof Error ? undefined : endlessPlace(document.parsed);
  if (endless !== undefined) throw new Refused(`${within(ref, folder)}#${endless.pointer}`, endless.problem);
}

/** Redocly throws for unreadable input instead of reporting it. */
async function reading<Result>(
  ref: string,
  folder: string | undefined,
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof YamlParseError) {
      const { source, line, col, message } = error;
      const file = within(source.absoluteRef, folder);
      // A second document in the file has no line.
      const place = Number.isNaN(line) ? file : `${file}:${line}:${col}`;
      throw new Refused(place, message.replace(/ in "[^"]*" \(\d+:\d+\)$/, ""));
    }
    throw new Refused(
      within(ref, folder),
      error instanceof Error ? within(error.message, folder) : String(error),
    );
  }
}

function refuseErrors(problems: readonly Problem[], folder: string | undefined): void {
  const errors = problems.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first === undefined) return;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  const message = within(first.message, folder).split("\n")[0] ?? "";
  const [location] = first.location;
  const pointer = location !== undefined && "pointer" in location ? (location.pointer ?? "") : "";
  const place = location && `${within(location.source.absoluteRef, folder)}${pointer}`;
  throw new Refused(place, `${message}${more}`);
}

function within(text: string, folder: string | undefined): string {
  return folder === undefined ? text : text.replaceAll(`${folder}/`, "");
}
