import {
  type Echo,
  hasDiscriminator,
  type Json,
  listGeneratedValues,
  type MediaType,
  type OpenApiDocument,
  onFirstUse,
  plainSamples,
  type Response,
} from "@dots-payouts/openapi";
import type { Schemas, Validator } from "../schema/validators.ts";
import { refuse } from "../wire/refusal.ts";
import { type Filling, fillExample } from "./fill-example.ts";
import type { FreshValues } from "./fresh-values.ts";

/** Makes the JSON of a body, with echoed and fresh values. */
export type BodyMaker = (sent: Json, fresh: FreshValues) => Json;

/** JSON as a response documents it in one media type. */
export interface DocumentedBody {
  readonly example: Json | undefined;
  /**
   * The most complete known value that fits the schema, if there is no example.
   * @throws Refusal (501) if there is none
   */
  made(): Json;
  /** The places that repeat what was sent. */
  readonly echo: readonly Echo[];
  fits(body: Json): boolean;
  /**
   * A generated sample of the schema; a plainer one if that does not match, or if a discriminator decides what it is. A
   * documented example is kept.
   * @throws Refusal (501) if no matching value is known: an answer that breaks its schema would be worse
   */
  fitting(sample: Json): Json;
  /** Makes bodies like this one. They match the schema if it does. */
  like(body: Json): BodyMaker;
}

export function documentedBody(
  document: OpenApiDocument,
  schemas: Schemas,
  { echo }: Response,
  { schema, examples }: MediaType,
): DocumentedBody {
  const example = examples[0]?.value;
  const validator = onFirstUse(() => (schema === undefined ? undefined : schemas.at(schema)));
  const generated = onFirstUse(() => (schema === undefined ? [] : listGeneratedValues(document, schema)));
  const plain = onFirstUse(() =>
    schema === undefined ? [{}] : [...plainSamples(document, schema, "writeOnly")].filter(fits),
  );
  const unknown = () =>
    refuse(501, "schema", `No value that matches #${schema} is known. Add an example to it.`);
  const isTold = onFirstUse(() => schema !== undefined && hasDiscriminator(document, schema));
  const fits = (body: Json) => validator()?.(body) ?? true;
  const isExample = (sample: Json) => {
    const text = JSON.stringify(sample);
    return examples.some(({ value }) => JSON.stringify(value) === text);
  };
  return {
    example,
    echo,
    fits,
    fitting(sample) {
      if (schema === undefined || isExample(sample)) return sample;
      const told = isTold() ? fullest(plain()) : undefined;
      if (told !== undefined) return told;
      if (fits(sample)) return sample;
      const [first] = plain();
      if (first === undefined) throw unknown();
      return first;
    },
    made() {
      const made = fullest(plain());
      if (made === undefined) throw unknown();
      return made;
    },
    like(body) {
      const fill = fillExample(body, echo, generated());
      const check = validator();
      if (check === undefined) return (sent, fresh) => fill(sent, fresh, EVERYTHING);
      const documented = fillExample(body, [], generated());
      return (sent, fresh) => {
        let skipped = EVERYTHING.skipped;
        for (;;) {
          const made = fill(sent, fresh, { skipped, complete: false });
          if (check(made)) return made;
          const more = new Set([...skipped, ...misplaced(echo, check)]);
          if (more.size === skipped.size) break;
          skipped = more;
        }
        // A required value is missing: keep the documented one.
        const complete = fill(sent, fresh, { skipped, complete: true });
        return check(complete) ? complete : documented(sent, fresh, EVERYTHING);
      };
    },
  };
}

function fullest(samples: readonly Json[]): Json | undefined {
  const sizes = samples.map((sample) => ({ sample, size: countValues(sample) }));
  return sizes.toSorted((one, other) => other.size - one.size)[0]?.sample;
}

function countValues(value: Json): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce<number>((sum, part) => sum + countValues(part), 1);
}

const EVERYTHING: Filling = { skipped: new Set(), complete: false };

/** The places where the response's schema does not allow the sent value. */
function misplaced(echoes: readonly Echo[], { errors }: Validator): string[] {
  const places = (errors ?? []).map(({ instancePath }) => `${instancePath}/`);
  return echoes
    .map((echo) => echo.response)
    .filter((pointer) => places.some((place) => place.startsWith(`${pointer}/`)));
}
