import type { ConsoleOperation } from "../../try/console-data.ts";
import { parseJson, withValue, writeJson } from "./json-text.ts";

/** A request that is being edited: the body as text, and the parameters by place and name. */
export interface Draft {
  readonly body: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The request of an example, with a new key if the operation takes one. */
export function draftOf({ body }: ConsoleOperation, example: number): Draft {
  if (body === undefined) return { body: undefined, parameters: {} };
  const text = JSON.stringify(body.examples[example]?.value ?? {}, null, 2);
  return { body: body.key === undefined ? text : withFreshKey(text, body.key), parameters: {} };
}

export function withFreshKey(text: string, path: readonly string[]): string {
  return writeJson(withValue(parseJson(text), path, crypto.randomUUID()));
}

/** A parameter in a draft. */
export function parameterName(place: string, name: string): string {
  return `${place} ${name}`;
}
