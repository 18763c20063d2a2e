import {
  type Echo,
  isJson,
  type Json,
  listGeneratedValues,
  type MediaType,
  type OpenApiDocument,
  onFirstUse,
  type Response,
} from "@dots-payouts/openapi";
import type { Schemas, Validator } from "../schema/validators.ts";
import { resourceMaker } from "./fill-example.ts";
import type { FreshValues } from "./fresh-values.ts";

/** The documented success of an operation, as far as it can be made without Prism. */
export interface Success {
  readonly status: number;
  readonly mediaType: string;
  /** Of the answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Makes the body of the answer. It fits the response's schema. */
  create(sent: Json, fresh: FreshValues): Json;
}

/** The first documented success that has JSON content with an example; `undefined` where there is none. */
export function compileSuccess(
  document: OpenApiDocument,
  schemas: Schemas,
  responses: readonly Response[],
): Success | undefined {
  const response = responses.find(({ status }) => /^2\d\d$/.test(status));
  const media = response?.content.find(({ type }) => isJson(type));
  const example = media?.examples[0];
  if (response === undefined || media === undefined || example === undefined) return undefined;
  const create = onFirstUse(() => creator(document, schemas, response, media, example.value));
  return {
    status: Number(response.status),
    mediaType: media.type,
    headers: { "content-type": media.type },
    create: (sent, fresh) => create()(sent, fresh),
  };
}

function creator(
  document: OpenApiDocument,
  schemas: Schemas,
  response: Response,
  media: MediaType,
  example: Json,
): Success["create"] {
  const generated = media.schema === undefined ? [] : listGeneratedValues(document, media.schema);
  const make = resourceMaker(example, response.echo, generated);
  const asDocumented = resourceMaker(example, [], generated);
  if (media.schema === undefined) return (sent, fresh) => make(sent, fresh, NONE);
  const fits = schemas.at(media.schema);
  return (sent, fresh) => {
    let skipped = NONE;
    for (;;) {
      const resource = make(sent, fresh, skipped);
      if (fits(resource)) return resource;
      const more = [...skipped, ...misplaced(response.echo, fits)];
      // What is left cannot be mended by echoing less: the documented example is the best answer there is.
      if (more.length === skipped.size) return asDocumented(sent, fresh, NONE);
      skipped = new Set(more);
    }
  };
}

const NONE: ReadonlySet<string> = new Set<string>();

/** The places where the response's schema does not allow what was sent. */
function misplaced(echoes: readonly Echo[], { errors }: Validator): string[] {
  const places = (errors ?? []).map(({ instancePath }) => `${instancePath}/`);
  return echoes
    .map((echo) => echo.response)
    .filter((pointer) => places.some((place) => place.startsWith(`${pointer}/`)));
}
