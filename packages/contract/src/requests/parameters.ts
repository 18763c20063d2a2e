import {
  fillParameter,
  type Operation,
  type Parameter,
  parameterSample,
  typesOf,
  writtenPairs,
} from "@dots-payouts/openapi";
import type { Suite } from "../suite/suite.ts";
import { partsAt } from "../values/fields.ts";
import { isObjectIn, objectSample } from "../values/object-parameters.ts";
import { sample } from "../values/sample.ts";

/** Where the parameters of a request go. */
export interface Placed {
  /** The operation's path with its parameters and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Query parameters in their written form, by name: a list of `name=value` for each. */
export type Written = Readonly<Record<string, readonly string[]>>;

/**
 * The parameters that an operation requires or the run has a value for, by their examples or by plain samples of their schemas.
 * @param values of parameters in path and query, by name
 * @param more parameters in the query, by name
 * @param written parameters in the query that are given as they are sent
 */
export function placeParameters(
  { spec, headerOptions }: Pick<Suite, "spec" | "headerOptions">,
  { path: template, parameters }: Operation,
  values: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>>,
  written: Written = {},
): Placed {
  const query = new URLSearchParams(more);
  const pairs: string[] = [];
  const headers: Record<string, string> = {};
  let path = template;
  for (const parameter of parameters) {
    const own =
      parameter.in === "query" ? (written[parameter.name] ?? requiredPairs(spec, parameter)) : undefined;
    if (own !== undefined) {
      pairs.push(...own);
      continue;
    }
    const option = parameter.in === "header" ? parameter.option : undefined;
    const wanted = option === undefined ? values[parameter.name] : headerOptions[option];
    if (!parameter.required && wanted === undefined) continue;
    const value = wanted ?? String(parameterSample(spec.document, parameter, sample));
    if (parameter.in === "path") path = fillParameter(path, parameter, value);
    if (parameter.in === "query") query.set(parameter.name, value);
    if (parameter.in === "header" && !isOpenApis(parameter)) headers[parameter.name.toLowerCase()] = value;
    if (parameter.in === "cookie") {
      const cookie = `${parameter.name}=${encodeURIComponent(value)}`;
      headers["cookie"] = headers["cookie"] === undefined ? cookie : `${headers["cookie"]}; ${cookie}`;
    }
  }
  const search = [...(query.size === 0 ? [] : [String(query)]), ...pairs].join("&");
  return { path: search === "" ? path : `${path}?${search}`, headers };
}

/** A required object in its written form in the query; `undefined` for all other parameters. */
function requiredPairs({ document }: Suite["spec"], parameter: Parameter): readonly string[] | undefined {
  if (!parameter.required || !isObjectIn(document, parameter)) return undefined;
  const sample = objectSample(document, parameter);
  return sample === undefined ? undefined : writtenPairs(parameter, sample);
}

/** Why a parameter cannot be given; `undefined` if it can. */
export function whyUnplaceable({ spec }: Pick<Suite, "spec">, { parameters }: Operation): string | undefined {
  const found = parameters.find(
    (parameter) =>
      parameter.required &&
      (parameter.schema === undefined ||
        (typesAt({ spec }, parameter).includes("object") && !isKnownObject(spec, parameter))),
  );
  return found && `the parameter ${found.name} is required, but is not a plain value`;
}

function isKnownObject({ document }: Suite["spec"], parameter: Parameter): boolean {
  return (
    parameter.in === "query" &&
    isObjectIn(document, parameter) &&
    objectSample(document, parameter) !== undefined
  );
}

/** These headers are described elsewhere in OpenAPI, and are not parameters. */
function isOpenApis({ name }: Parameter): boolean {
  return /^(accept|content-type|authorization)$/i.test(name);
}

function typesAt({ spec }: Pick<Suite, "spec">, { schema }: Parameter): readonly string[] {
  return schema === undefined ? [] : (typesOf(partsAt(spec.document, [schema])) ?? []);
}
