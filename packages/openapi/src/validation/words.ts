import { formatPointer } from "../json/pointer.ts";

/** A rule that a value breaks, as Ajv reports it. */
export interface RuleError {
  readonly keyword: string;
  /** JSON Pointer into the value. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Parameters of an error that name a property which is missing, or must not be there. */
const PROPERTIES = ["missingProperty", "additionalProperty", "unevaluatedProperty"];

/**
 * JSON Pointer to what the words of an error are about: the property that is missing or must not be there, rather than
 * its object.
 */
export function placeOf({ instancePath, params }: RuleError): string {
  const name = PROPERTIES.map((key) => params[key]).find((value) => typeof value === "string");
  return name === undefined ? instancePath : instancePath + formatPointer([name]);
}

/** What is wrong at the place of an error, in words that follow its name: `must be at least 1`. */
export function wordsOf({ keyword, params }: RuleError): string {
  const say = WORDS.get(keyword);
  return say === undefined ? `breaks the rule ${keyword}` : say(params);
}

const TYPES = new Map<unknown, string>([
  ["array", "an array"],
  ["boolean", "true or false"],
  ["integer", "an integer"],
  ["null", "null"],
  ["number", "a number"],
  ["object", "an object"],
  ["string", "a string"],
]);

const WORDS = new Map<string, (params: RuleError["params"]) => string>([
  ["type", ({ type }) => `must be ${list(type, (one) => TYPES.get(one) ?? String(one), " or ")}`],
  ["enum", ({ allowedValues }) => `must be one of ${list(allowedValues, JSON.stringify, ", ")}`],
  ["const", ({ allowedValue }) => `must be ${JSON.stringify(allowedValue)}`],
  ["minimum", ({ limit }) => `must be at least ${limit}`],
  ["exclusiveMinimum", ({ limit }) => `must be greater than ${limit}`],
  ["maximum", ({ limit }) => `must be at most ${limit}`],
  ["exclusiveMaximum", ({ limit }) => `must be less than ${limit}`],
  ["multipleOf", ({ multipleOf }) => `must be a multiple of ${multipleOf}`],
  ["format", ({ format }) => `must be a valid ${format}`],
  ["pattern", ({ pattern }) => `must match the pattern ${pattern}`],
  ["minLength", ({ limit }) => `must have at least ${count(limit, "character")}`],
  ["maxLength", ({ limit }) => `must have at most ${count(limit, "character")}`],
  ["minItems", ({ limit }) => `must have at least ${count(limit, "item")}`],
  ["maxItems", ({ limit }) => `must have at most ${count(limit, "item")}`],
  ["minProperties", ({ limit }) => `must have at least ${count(limit, "property")}`],
  ["maxProperties", ({ limit }) => `must have at most ${count(limit, "property")}`],
  ["uniqueItems", () => "must not have the same item twice"],
  ["contains", ({ minContains }) => `must have at least ${count(minContains, "item")} of a certain kind`],
  ["required", () => "is missing"],
  ["dependentRequired", ({ property }) => `is missing, and is needed beside ${property}`],
  ["additionalProperties", () => "is not a known field"],
  ["unevaluatedProperties", () => "is not a known field"],
  ["unevaluatedItems", ({ limit }) => `must have at most ${count(limit, "item")}`],
  ["propertyNames", ({ propertyName }) => `must not have a property called ${JSON.stringify(propertyName)}`],
  ["false schema", () => "is not allowed"],
  ["not", () => "is not allowed as it is"],
  ["anyOf", () => "fits none of the forms that are allowed"],
  [
    "oneOf",
    ({ passingSchemas }) =>
      passingSchemas === null
        ? "fits none of the forms that are allowed"
        : "fits more than one of the forms that exclude each other",
  ],
  ["if", () => "breaks a rule that holds under a condition"],
]);

function list(values: unknown, say: (value: unknown) => string, separator: string): string {
  return [values]
    .flat()
    .map((value) => say(value))
    .join(separator);
}

function count(limit: unknown, noun: string): string {
  const plural = noun === "property" ? "properties" : `${noun}s`;
  return `${limit} ${limit === 1 ? noun : plural}`;
}
