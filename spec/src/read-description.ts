import { join } from "node:path";
import { memoize } from "@dots-payouts/openapi";
import { BaseResolver, bundle, type Config, lint, loadConfig, YamlParseError } from "@redocly/openapi-core";
import { examplesFit } from "./examples-fit.ts";
import { isBundled } from "./is-bundled.ts";
import { asUnreadable, readObject } from "./unreadable.ts";

type Problem = Awaited<ReturnType<typeof lint>>[number];

/** What the rules have against a description, and the description in one document. */
export interface Reading {
  readonly problems: Problem[];
  /** Missing where there are errors. */
  readonly bundle?: unknown;
}

export const RULES = join(import.meta.dirname, "../redocly.yaml");

/** Redocly compiles a validator for each schema that has examples, which takes longer than all its other rules. */
export const EXAMPLE_RULES = [
  "no-invalid-media-type-examples",
  "no-invalid-schema-examples",
  "no-invalid-parameter-examples",
];

/**
 * Lints a description, and bundles it.
 * @param file its root file
 * @throws UnreadableError if a file of it is not YAML, or is not what a description is made of
 */
export async function readDescription(file: string): Promise<Reading> {
  try {
    const reading = await readButExamples(file);
    if (reading.problems.length === 0 && examplesFit(reading.bundle)) return reading;
    // Where an example is wrong, or may be, it takes Redocly's rules to say what.
    const problems = [...reading.problems, ...(await lintExamples(file))];
    return problems.some(isError) ? { problems } : { ...reading, problems };
  } catch (error) {
    throw error instanceof YamlParseError ? asUnreadable(error) : error;
  }
}

/** The same without the rules for examples. */
async function readButExamples(ref: string): Promise<Reading> {
  const config = await rulesFor("the rest");
  // Both read the description through it, so that it is parsed once.
  const externalRefResolver = new BaseResolver(config.resolve);
  const description = await readObject(externalRefResolver, ref);
  const found = await lint({ ref, config, externalRefResolver });
  if (found.some(isError)) return { problems: found };
  if (isBundled(description)) return { problems: found, bundle: description };
  // Last, because it changes the documents that were read.
  const bundled = await bundle({ ref, config, externalRefResolver });
  const problems = [...found, ...bundled.problems];
  return problems.some(isError) ? { problems } : { problems, bundle: bundled.bundle.parsed };
}

/** What is wrong with the examples of a description. */
async function lintExamples(ref: string): Promise<Problem[]> {
  return lint({ ref, config: await rulesFor("examples") });
}

/** To load them takes as long as to lint a small description. */
const rulesFor = memoize(async (what: "examples" | "the rest"): Promise<Config> => {
  const config = await loadConfig({ configPath: RULES });
  const all = new Set(Object.values(config.rules).flatMap((rules) => Object.keys(rules)));
  const others = [...all].filter((rule) => !EXAMPLE_RULES.includes(rule));
  config.skipRules(what === "examples" ? others : EXAMPLE_RULES);
  return config;
});

function isError({ severity, ignored }: Problem): boolean {
  return severity === "error" && ignored !== true;
}
