import type { Facts } from "./facts.ts";
import {
  allowsAll,
  certainNames,
  closedNames,
  matches,
  otherProperties,
  possibleNames,
  propertyIn,
} from "./names.ts";
import { child, listAt, made, mapAt, numberAt, type Part, type Parts, valueAt } from "./part.ts";
import type { Prover } from "./prover.ts";

/** Whether an object keyword holds for every object that matches the schemas; `undefined` for other keywords. */
export function holdsForObjects(
  key: string,
  target: Part,
  { parts, facets, facts }: { parts: Parts; facets: readonly Part[]; facts: Facts },
  prover: Prover,
): boolean | undefined {
  switch (key) {
    case "required":
      return listAt(target, key).every((name) => facts.required.has(String(name)));
    case "minProperties":
      return facts.properties.least >= (numberAt(target, key) ?? 0);
    case "maxProperties":
      return facts.properties.most <= (numberAt(target, key) ?? Number.POSITIVE_INFINITY);
    case "properties":
      return Object.keys(mapAt(target, key)).every((name) => {
        const property = propertyIn(facets, name);
        // Callers and servers leave out what no schema documents.
        if (property.every(allowsAll) && !isDeclared(facets, name)) return true;
        return isNoneOrWithin(property, child(target, key, name), prover);
      });
    case "patternProperties":
      return Object.keys(mapAt(target, key)).every((pattern) =>
        holdsForPattern(facets, pattern, child(target, key, pattern), prover),
      );
    case "additionalProperties":
      return holdsForOthers(facets, target, prover);
    case "unevaluatedProperties":
      return valueAt(target, key) === false && isClosedTo(facets, target, prover);
    case "propertyNames": {
      const own = facets.filter((facet) => valueAt(facet, key) !== undefined);
      return own.some((facet) => prover.isWithin([child(facet, key)], [child(target, key)]));
    }
    case "dependentRequired":
      return Object.entries(mapAt(target, key)).every(([name, names]) => {
        const required = made({ type: "object", required: Array.isArray(names) ? names : [] });
        return prover.isWithin([...parts, having(name)], [required]);
      });
    case "dependentSchemas":
      return Object.keys(mapAt(target, key)).every((name) =>
        prover.isWithin([...parts, having(name)], [child(target, key, name)]),
      );
    default:
      return undefined;
  }
}

/** An object with this property. */
export function having(name: string): Part {
  return made({ type: "object", required: [name] });
}

function isDeclared(facets: readonly Part[], name: string): boolean {
  const { names, patterns } = possibleNames(facets);
  return names.has(name) || [...patterns].some((pattern) => matches(pattern, name));
}

function isNoneOrWithin(property: Parts, target: Part, prover: Prover): boolean {
  return prover.isWithin(property, [target]) || prover.isEmpty(property);
}

function holdsForPattern(facets: readonly Part[], pattern: string, target: Part, prover: Prover): boolean {
  if (allowsAll(target)) return true;
  const known = possibleNames(facets);
  const listed = [...known.names].filter((name) => matches(pattern, name));
  if (!listed.every((name) => isNoneOrWithin(propertyIn(facets, name), target, prover))) return false;
  // A schema with other patterns may describe the same names differently, or not at all.
  const rest = facets.flatMap((facet) => {
    const patterns = mapAt(facet, "patternProperties");
    if (Object.hasOwn(patterns, pattern)) return [child(facet, "patternProperties", pattern)];
    return Object.keys(patterns).length === 0 ? otherProperties([facet]) : [];
  });
  return isNoneOrWithin(rest, target, prover);
}

/** Whether the target's rules for unlisted properties hold. */
function holdsForOthers(facets: readonly Part[], target: Part, prover: Prover): boolean {
  const others = child(target, "additionalProperties");
  if (allowsAll(others)) return true;
  const own = mapAt(target, "properties");
  const patterns = Object.keys(mapAt(target, "patternProperties"));
  const known = possibleNames(facets);
  const unlisted = [...known.names].filter(
    (name) => !Object.hasOwn(own, name) && !patterns.some((pattern) => matches(pattern, name)),
  );
  if (!unlisted.every((name) => isNoneOrWithin(propertyIn(facets, name), others, prover))) return false;
  const foreign = facets.flatMap((facet) =>
    Object.keys(mapAt(facet, "patternProperties"))
      .filter((pattern) => !patterns.includes(pattern))
      .map((pattern) => child(facet, "patternProperties", pattern)),
  );
  if (!foreign.every((schema) => isNoneOrWithin([schema], others, prover))) return false;
  return isNoneOrWithin(otherProperties(facets), others, prover);
}

/** Whether the object can only have properties that the target describes. */
function isClosedTo(facets: readonly Part[], target: Part, prover: Prover): boolean {
  const { names, patterns, all } = certainNames(target);
  if (all) return true;
  return closedNames(facets).some(
    (possible) =>
      !possible.all &&
      [...possible.patterns].every((pattern) => patterns.has(pattern)) &&
      [...possible.names].every(
        (name) =>
          names.has(name) ||
          [...patterns].some((pattern) => matches(pattern, name)) ||
          prover.isEmpty(propertyIn(facets, name)),
      ),
  );
}

/** Whether an object of these schemas needs a property that no value matches. */
export function lacksRequired(facets: readonly Part[], facts: Facts, prover: Prover): boolean {
  return [...facts.required].some((name) => {
    const property = propertyIn(facets, name);
    return property.length > 0 && prover.isEmpty(property);
  });
}
