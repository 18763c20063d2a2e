import { formatPointer, type SentParameters } from "@dots-payouts/openapi";
import { asReason, explain } from "../schema/explain.ts";
import type { Finding } from "../schema/phrase.ts";
import type { CompiledOperation } from "../spec/compile-operation.ts";
import type { ParameterCheck } from "../spec/parameter-checks.ts";
import type { ServedSpec } from "../spec/served-spec.ts";
import { header, type MockRequest } from "../wire/request.ts";
import { invalidRequest } from "./invalid-request.ts";

/**
 * Checks the parameters in path, query, headers and cookies.
 * @throws Refusal that names invalid and missing parameters.
 */
export function checkParameters(
  spec: ServedSpec,
  { parameterChecks, parametersOf, refusalStatus }: CompiledOperation,
  path: string,
  request: MockRequest,
): void {
  if (parameterChecks.length === 0) return;
  const sent: SentParameters = {
    path: parametersOf(path),
    query: request.target.slice(`${request.target}?`.indexOf("?") + 1),
    header: (name) => header(request, name),
  };
  const broken = parameterChecks.flatMap((check) => {
    const findings = findingsOf(spec, check, sent);
    return findings.map((finding) => ({ finding, name: check.name }));
  });
  if (broken.length === 0) return;
  const names = new Map(broken.map(({ finding, name }) => [finding, name]));
  throw invalidRequest(
    refusalStatus,
    broken.map(({ finding }) => finding),
    (finding) => {
      const name = names.get(finding) ?? "";
      const { path: place, ...reason } = asReason(finding);
      return { path: place.slice(formatPointer([name]).length), ...reason, parameter: name };
    },
  );
}

function findingsOf(spec: ServedSpec, check: ParameterCheck, sent: SentParameters): readonly Finding[] {
  const { name, schema, required } = check;
  const [likeliest, ...others] = check.valuesOf(sent);
  if (likeliest === undefined) {
    const path = formatPointer([name]);
    return required ? [{ path, code: "required", text: `${name} is missing`, because: undefined }] : [];
  }
  if (schema === undefined || [likeliest, ...others].some(check.fits)) return [];
  return explain(spec.place(schema), likeliest, [name]);
}
