import { writtenPairs } from "@dots-payouts/openapi";
import { expectCreated } from "../expectations/expect-answer.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { objectParameters, objectSample } from "../values/object-parameters.ts";
import { type Check, named, slug } from "./check.ts";

/** Objects in the query must be accepted, each with a valid value. */
export function acceptsQueries({ spec: { document } }: Suite, tested: TestedOperation): Check[] {
  const { operation } = tested;
  const [body] = tested.body?.smallest ?? [];
  return objectParameters(document, operation).flatMap((parameter): Check[] => {
    const { name, pointer } = parameter;
    const sample = objectSample(document, parameter);
    if (sample === undefined) return [];
    const pairs = writtenPairs(parameter, sample);
    return [
      {
        ...named(operation.id, "accepts", slug(`query ${name}`), `accepts the query ${pairs.join("&")}`),
        place: pointer,
        creates: 1,
        ...(body === undefined ? {} : { bodies: [body] }),
        async run(context) {
          const request = makeRequest(context.suite, tested, body, {}, { [name]: pairs });
          const exchange = await context.server.send(request);
          return expectCreated(context, tested, exchange, body, `the query ${name}`);
        },
      },
    ];
  });
}
