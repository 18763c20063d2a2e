import { join } from "node:path";
import { BaseResolver, bundle, lint, loadConfig, YamlParseError } from "@redocly/openapi-core";
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
    const reading = await read(file, EXAMPLE_RULES);
    const isFine = reading.problems.length === 0 && examplesFit(reading.bundle);
    // Where something is wrong, or may be, it takes all rules to say what.
    return isFine ? reading : await read(file, []);
  } catch (error) {
    throw error instanceof YamlParseError ? asUnreadable(error) : error;
  }
}

async function read(ref: string, skipped: string[]): Promise<Reading> {
  const config = await loadConfig({ configPath: RULES });
  config.skipRules(skipped);
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

function isError({ severity, ignored }: Problem): boolean {
  return severity === "error" && ignored !== true;
}
