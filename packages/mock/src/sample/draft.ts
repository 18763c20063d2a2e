import {
  concreteType,
  type Echo,
  type Json,
  type Response,
  setAt,
  successStatus,
} from "@dots-payouts/openapi";
import type { BodyMaker, DocumentedBody } from "./documented-body.ts";

/** The answer to a request that is carried out, before values from this or earlier requests are filled in. */
export interface Draft {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Makes the JSON of the body, or its text if it is something else. An empty text is no body. */
  readonly body: BodyMaker | string;
  /** The places in the JSON that repeat what was sent. */
  readonly echo: readonly Echo[];
  /** Whether JSON matches the body's schema. */
  fits(body: Json): boolean;
}

/** A draft without JSON. */
export function textDraft(status: number, headers: Draft["headers"], text: string): Draft {
  return { status, headers, body: text, echo: [], fits: () => true };
}

/** A draft made from an example or generated JSON. */
export function jsonDraft(
  status: number,
  headers: Draft["headers"],
  documented: DocumentedBody,
  body: Json,
): Draft {
  let make: BodyMaker | undefined;
  return {
    status,
    headers,
    body(sent, fresh) {
      make ??= documented.like(body);
      return make(sent, fresh);
    },
    echo: documented.echo,
    fits: documented.fits,
  };
}

/** A draft that needs only the mock, in its media type. */
export interface OwnDraft extends Draft {
  /** Absent if there is no body. */
  readonly mediaType: string | undefined;
}

/**
 * The body that a response documents: its JSON if it has an example, or nothing if it has no content. `undefined` for
 * anything else, which Prism has to generate.
 */
export function ownDraft(
  response: Response,
  headers: Draft["headers"],
  json: { readonly type: string; readonly documented: DocumentedBody } | undefined,
  status: number = successStatus(response),
): OwnDraft | undefined {
  if (response.content.length === 0) return { ...textDraft(status, headers, ""), mediaType: undefined };
  if (json?.documented.example === undefined) return undefined;
  const mediaType = concreteType(json.type);
  const all = { ...headers, "content-type": mediaType };
  // Values set by the response's condition override the example.
  const values = response.condition?.response ?? [];
  const example = values.reduce(
    (body, { pointer, value }) => setAt(body, pointer, value),
    json.documented.example,
  );
  return { ...jsonDraft(status, all, json.documented, example), mediaType };
}
