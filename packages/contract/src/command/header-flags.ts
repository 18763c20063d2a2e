import { parseArgs } from "node:util";
import { type HeaderOption, listHeaderOptions } from "@dots-payouts/openapi";
import { CannotRun } from "../errors/cannot-run.ts";
import { readSpec } from "../suite/spec.ts";

/** The options of the command that the spec declares for its headers (`x-option`). */
export function headerFlags(spec: string | undefined): readonly HeaderOption[] {
  return listHeaderOptions(readSpec(spec).document);
}

interface Taken {
  /** The values of the options, by their names in the spec. */
  readonly headerOptions: Readonly<Record<string, string>>;
  /** The remaining arguments. */
  readonly rest: readonly string[];
}

/**
 * Extracts the options that the spec declares from the arguments.
 * @param own the command's own options
 * @throws CannotRun if one of them has no value
 */
export function takeHeaderFlags(
  args: readonly string[],
  own: NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>["options"]>,
  flags: readonly HeaderOption[],
): Taken {
  const declared = Object.fromEntries(flags.map(({ flag }) => [flag, { type: "string" } as const]));
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...declared, ...own },
    strict: false,
    tokens: true,
  });
  const headerOptions: Record<string, string> = {};
  const taken = new Set<number>();
  for (const token of tokens) {
    if (token.kind !== "option" || Object.hasOwn(own, token.name)) continue;
    const found = flags.find(({ flag }) => flag === token.name);
    if (found === undefined) continue;
    const { value } = token;
    if (value === undefined || value === "" || (!token.inlineValue && value.startsWith("-"))) {
      throw new CannotRun(`--${found.flag} needs a value, which is sent as the header ${found.header}`);
    }
    headerOptions[found.option] = value;
    taken.add(token.index);
    if (!token.inlineValue) taken.add(token.index + 1);
  }
  return { headerOptions, rest: args.filter((_, index) => !taken.has(index)) };
}
