import {
  concreteType,
  type Echo,
  type Json,
  type Response,
  setAt,
  successStatus,
} from "@dots-payouts/openapi";
import type { BodyMaker, DocumentedBody } from "./documented-body.ts";

/** The answer to a request that is carried out, before anything of that request or of earlier ones is in it. */
export interface Draft {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Makes the JSON of the body; or its text, where it is something else. An empty text is no body. */
  readonly body: BodyMaker | string;
  /** The places of the JSON that repeat what was sent. */
  readonly echo: readonly Echo[];
  /** Whether JSON fits the body's schema. */
  fits(body: Json): boolean;
}

/** A draft without JSON. */
export function textDraft(status: number, headers: Draft["headers"], text: string): Draft {
  return { status, headers, body: text, echo: [], fits: () => true };
}

/** A draft that is made from an example, or from JSON that somebody made up, which is asked for once it is needed. */
export function jsonDraft(
  status: number,
  headers: Draft["headers"],
  documented: DocumentedBody,
  example: () => Json,
): Draft {
  let make: BodyMaker | undefined;
  return {
    status,
    headers,
    body(sent, fresh) {
      make ??= documented.like(example());
      return make(sent, fresh);
    },
    echo: documented.echo,
    fits: documented.fits,
  };
}

/** A draft that needs nobody but the mock, in the media type that it is written in. */
export interface OwnDraft extends Draft {
  /** Absent where there is no body. */
  readonly mediaType: string | undefined;
}

/**
 * What a response gives where that is JSON, by its example or else by its schema; and nothing where it has no content.
 * `undefined` for anything else, which is for Prism to make.
 */
export function ownDraft(
  response: Response,
  headers: Draft["headers"],
  json: { readonly type: string; readonly documented: DocumentedBody } | undefined,
  status: number = successStatus(response),
): OwnDraft | undefined {
  if (response.content.length === 0) return { ...textDraft(status, headers, ""), mediaType: undefined };
  if (json === undefined) return undefined;
  const mediaType = concreteType(json.type);
  const all = { ...headers, "content-type": mediaType };
  // What the response holds under its condition is so whatever the example says.
  const values = response.condition?.response ?? [];
  const example = () =>
    values.reduce(
      (body, { pointer, value }) => setAt(body, pointer, value),
      json.documented.example ?? json.documented.made(),
    );
  return { ...jsonDraft(status, all, json.documented, example), mediaType };
}
