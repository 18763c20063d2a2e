import { parseArgs } from "node:util";
import { asDocument, listOperations } from "@dots-payouts/openapi";
import { syntheticSpec } from "../../../bench/scale/src/synthetic-spec.ts";
import { serveDocument } from "../src/spec/served-spec.ts";

/**
 * What looking at schemas at start (`compiles-for-sure.ts`) saves, compared with compiling them all: the time until a
 * description is served, and the additional time for compiling each of its schemas.
 */
const { values } = parseArgs({
  options: {
    operations: { type: "string", default: "300" },
    rounds: { type: "string", default: "5" },
  },
});

const rounds = Array.from({ length: Number(values.rounds) }, () => {
  const document = asDocument(JSON.parse(JSON.stringify(syntheticSpec(Number(values.operations)))));
  const started = performance.now();
  const { schemas } = serveDocument(document);
  const served = performance.now();
  const contents = listOperations(document).flatMap(({ requestBody, responses }) =>
    [...(requestBody === undefined ? [] : [requestBody]), ...responses].flatMap(({ content }) => content),
  );
  const pointers = new Set(contents.flatMap(({ schema }) => schema ?? []));
  for (const pointer of pointers) schemas.at(pointer);
  return { served: served - started, compiled: performance.now() - served, schemas: pointers.size };
});

const median = (numbers: readonly number[]): number =>
  Math.round(numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN);
console.log(
  `${values.operations} operations, ${rounds[0]?.schemas} schemas: served after ${median(rounds.map(({ served }) => served))} ms; to compile them all takes ${median(rounds.map(({ compiled }) => compiled))} ms more`,
);
