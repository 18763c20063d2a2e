import { formatPointer } from "../json/pointer.ts";

/** A rule that a value breaks, as Ajv reports it. */
export interface RuleError {
  readonly keyword: string;
  /** JSON Pointer into the value. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Parameters of an error that name a missing or forbidden property. */
const PROPERTIES = ["missingProperty", "additionalProperty", "unevaluatedProperty"];

/**
 * JSON Pointer to what an error's message is about: the missing or forbidden property, rather than its object.
 */
export function placeOf({ instancePath, params }: RuleError): string {
  const name = PROPERTIES.map((key) => params[key]).find((value) => typeof value === "string");
  return name === undefined ? instancePath : instancePath + formatPointer([name]);
}

/** What is wrong, worded to follow the name of the place: `must be at least 1`. */
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
  ["dependentRequired", ({ property }) => `is missing, and is required together with ${property}`],
  ["additionalProperties", () => "is not a known field"],
  ["unevaluatedProperties", () => "is not a known field"],
  ["unevaluatedItems", ({ limit }) => `must have at most ${count(limit, "item")}`],
  ["propertyNames", ({ propertyName }) => `must not have a property called ${JSON.stringify(propertyName)}`],
  ["false schema", () => "is not allowed"],
  ["not", () => "is not allowed in this form"],
  ["anyOf", () => "matches none of the allowed forms"],
  [
    "oneOf",
    ({ passingSchemas }) =>
      passingSchemas === null
        ? "matches none of the allowed forms"
        : "matches more than one of the forms that exclude each other",
  ],
  ["if", () => "breaks a conditional rule"],
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
