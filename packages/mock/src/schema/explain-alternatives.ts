import { formatPointer, parsePointer } from "@dots-payouts/openapi";
import { type Finding, nameOf } from "./phrase.ts";

/**
 * Explains why a value matches none of several forms. `failures` has what is wrong for each form; an empty list means
 * that it matches more than one mutually exclusive form. If the value clearly attempts one form, only what that one
 * lacks is reported.
 */
export function alternativesReason(
  failures: readonly (readonly Finding[])[],
  keyword: string,
  path: readonly string[],
): readonly Finding[] {
  const here = formatPointer(path);
  const begun = failures.filter((form) => form.every((finding) => !rulesOut(finding, here)));
  const [meant] = begun;
  if (meant !== undefined && begun.length === 1) return meant;
  const lacking = failures.filter((form) => form.every(({ code }) => code === "required"));
  // A value rules out the others.
  const [only] = lacking;
  if (only !== undefined && lacking.length === 1 && failures.length > 1) return only;
  return [{ path: here, code: keyword, text: summary(failures, path), because: undefined }];
}

function summary(failures: readonly (readonly Finding[])[], path: readonly string[]): string {
  if (failures.length === 0)
    return `${nameOf(path)} matches more than one of the forms that exclude each other`;
  const missing = failures.map((form) => form.filter(({ code }) => code === "required"));
  if (missing.every((form) => form.length > 0)) {
    const names = missing.map((form) =>
      form.map((finding) => nameOf(parsePointer(finding.path))).join(" and "),
    );
    return `${[...new Set(names)].join(" or ")} is missing: one of them is needed`;
  }
  const texts = new Set(failures.flat().map(({ text }) => text));
  return `${nameOf(path)} matches none of the allowed forms: ${[...texts].join("; or ")}`;
}

/** Whether a finding means that another form was intended, not that this one is invalid. */
function rulesOut({ code, path }: Finding, here: string): boolean {
  return path === here || (code === "required" && path.lastIndexOf("/") === here.length);
}
