import {
  concreteType,
  covers,
  jsonContent,
  type MediaType,
  type Response,
  responseFor,
} from "@dots-payouts/openapi";

/** Statuses that are more specific versions of 400 and 422. */
const CLOSER = [400, 406, 413, 414, 415, 422];

/** How an operation documents a refusal. */
export interface DocumentedRefusal {
  readonly status: number;
  /** Its media type; absent if nothing is documented. */
  readonly media: MediaType | undefined;
}

/** How an operation documents a refusal with a status, or with a less specific one. */
export function documentedRefusal(
  responses: readonly Response[],
  refused: number,
): DocumentedRefusal | undefined {
  if (refused >= 500) return undefined;
  for (const status of [refused, ...(CLOSER.includes(refused) ? [400, 422] : [])]) {
    const found = responseFor(responses, status);
    if (found === undefined) continue;
    const { content } = found;
    const media = jsonContent(content) ?? content.find(({ type }) => covers("text/*", type));
    return { status, media: media && { ...media, type: concreteType(media.type) } };
  }
  return undefined;
}
