import { isObject, type Json } from "@dots-payouts/openapi";
import { accepts } from "./accepts.ts";
import { holdsForArrays, mostItems } from "./arrays.ts";
import { casesOf, notFitting } from "./cases.ts";
import { type Facts, factsOf, type Kind, kindsOf } from "./facts.ts";
import { holdsForObjects, lacksRequired } from "./objects.ts";
import { child, children, facetsOf, made, type Part, type Parts, valueAt } from "./part.ts";
import type { Prover } from "./prover.ts";
import { holdsForScalars } from "./scalars.ts";
import { isDefault, signatureOf, sorted } from "./signature.ts";

/** The maximum number of steps per proof. Longer proofs are left open. */
const STEPS = 4_000;

/** The kinds of values that a keyword applies to. */
const KINDS: readonly [RegExp, readonly Kind[]][] = [
  [/Length$|^pattern$|^format$/, ["string"]],
  [/^(exclusive)?(Mini|mini|Maxi|maxi)mum$|^multipleOf$/, ["integer", "fraction"]],
  [/Items$|^items$|[cC]ontains$/, ["array"]],
  [/Properties$|^properties$|^propertyNames$|^required$|^dependent/, ["object"]],
];

/** Keywords without a rule here: only an identical schema certainly means the same. */
const OPEN = /^(unevaluatedItems|additionalItems|dependencies|\$dynamicRef|\$recursiveRef)$/;

/** Whether every value that matches the first schemas certainly matches the others. */
export function isWithin(some: Parts, others: Parts): boolean {
  const key = `${keyOf(some)} < ${keyOf(others)}`;
  const known = proved.get(key);
  if (known !== undefined) return known;
  const result = new Proof().isWithin(some, others);
  if (proved.size > 10_000) proved.clear();
  proved.set(key, result);
  return result;
}

/** What has been proved. A signature means the same in every document. */
const proved = new Map<string, boolean>();

class Proof implements Prover {
  #steps = 0;
  #depth = 0;
  /** What is being proved, by its depth in the value. */
  readonly #open = new Map<string, number>();
  /** What could not be proved to be empty. */
  readonly #full = new Set<string>();

  isWithin(some: Parts, others: Parts): boolean {
    return others.every((other) => this.#inside(some, other));
  }

  isEmpty(parts: Parts): boolean {
    const key = `0 ${keyOf(parts)}`;
    if (this.#full.has(key)) return false;
    const isEmpty = this.#once(key, false, () => this.#isEmpty(parts, new Set()));
    if (!isEmpty) this.#full.add(key);
    return isEmpty;
  }

  #inside(parts: Parts, target: Part): boolean {
    const signature = signatureOf(target);
    if (target.node === true || parts.some((part) => signatureOf(part) === signature)) return true;
    return this.#once(`${keyOf(parts)} < ${keyOf([target])}`, true, () =>
      facetsOf([target]).every((facet) => this.#insideFacet(parts, facet, new Set())),
    );
  }

  /**
   * A schema that contains itself leads back to what is being proved. That is fine if the value has become smaller.
   */
  #once(key: string, circle: boolean, prove: () => boolean): boolean {
    const open = this.#open.get(key);
    if (open !== undefined) return circle && open < this.#depth;
    if (++this.#steps > STEPS) return false;
    this.#open.set(key, this.#depth);
    try {
      return prove();
    } finally {
      this.#open.delete(key);
    }
  }

  /** @param split the cases that the parts were already split by */
  #insideFacet(parts: Parts, target: Part, split: ReadonlySet<string>): boolean {
    if (++this.#steps > STEPS) return false;
    const facets = facetsOf(parts);
    if (facets.some((facet) => signatureOf(facet) === signatureOf(target))) return true;
    const facts = factsOf(facets);
    if (facts.values !== undefined) {
      const left = facts.values.filter((value) => facets.every((facet) => accepts(facet, value) !== false));
      if (left.every((value) => accepts(target, value) === true)) return true;
    }
    if (this.#holds({ parts, facets, facts }, target)) return true;
    if (this.isEmpty(parts)) return true;
    const cases = casesOf(facets, facts, split);
    return (
      cases?.parts.every((part) =>
        this.#insideFacet([...parts, ...part], target, new Set([...split, cases.by])),
      ) ?? false
    );
  }

  #holds(known: { parts: Parts; facets: readonly Part[]; facts: Facts }, target: Part): boolean {
    if (!isObject(target.node)) return target.node === true;
    return Object.entries(target.node).every(([key, value]) => {
      if (isDefault(key, value)) return true;
      const kinds = KINDS.find(([pattern]) => pattern.test(key))?.[1];
      if (kinds !== undefined && !kinds.some((kind) => known.facts.kinds.has(kind))) return true;
      return this.#holdsKeyword(known, target, key, value);
    });
  }

  #holdsKeyword(
    known: { parts: Parts; facets: readonly Part[]; facts: Facts },
    target: Part,
    key: string,
    value: Json,
  ): boolean {
    const { parts, facts } = known;
    switch (key) {
      case "type":
        return [...facts.kinds].every((kind) => kindsOf(target).has(kind));
      case "enum":
      case "const": {
        const listed = factsOf([made({ [key]: value })]).values?.map((one) => JSON.stringify(sorted(one)));
        return facts.values?.every((one) => listed?.includes(JSON.stringify(sorted(one)))) ?? false;
      }
      case "anyOf":
        return children(target, key).some((branch) => this.isWithin(parts, [branch]));
      case "oneOf": {
        const branches = children(target, key);
        return branches.some(
          (branch) =>
            this.isWithin(parts, [branch]) &&
            branches.every((other) => other === branch || this.isEmpty([...parts, other])),
        );
      }
      case "not":
        return this.isEmpty([...parts, child(target, key)]);
      case "if":
        return this.#holdsCondition(parts, target);
      default: {
        const simple = holdsForScalars(key, value, facts);
        if (simple !== undefined) return simple;
        // From here on, the values are parts of the value.
        this.#depth++;
        const holds = holdsForObjects(key, target, known, this) ?? holdsForArrays(key, target, known, this);
        this.#depth--;
        // Other keywords don't decide which values match, or were already split.
        return holds ?? !OPEN.test(key);
      }
    }
  }

  #holdsCondition(parts: Parts, target: Part): boolean {
    const condition = child(target, "if");
    const then = valueAt(target, "then") === undefined ? [] : [child(target, "then")];
    const otherwise = valueAt(target, "else") === undefined ? [] : [child(target, "else")];
    if (!this.isWithin([...parts, condition], then)) return false;
    return (
      this.isWithin([...parts, ...notFitting(condition)], otherwise) || this.isWithin(parts, [condition])
    );
  }

  #isEmpty(parts: Parts, split: ReadonlySet<string>): boolean {
    if (++this.#steps > STEPS) return false;
    const facets = facetsOf(parts);
    const facts = factsOf(facets);
    if (facts.kinds.size === 0) return true;
    if (facts.values?.every((value) => facets.some((facet) => accepts(facet, value) === false))) return true;
    if ([...facts.kinds].every((kind) => this.#hasNone(kind, facets, facts))) return true;
    const excluded = facets.filter((facet) => valueAt(facet, "not") !== undefined);
    if (excluded.some((facet) => this.isWithin(parts, [child(facet, "not")]))) return true;
    const cases = casesOf(facets, facts, split, true);
    return (
      cases?.parts.every((part) => this.#isEmpty([...parts, ...part], new Set([...split, cases.by]))) ?? false
    );
  }

  #hasNone(kind: Kind, facets: readonly Part[], facts: Facts): boolean {
    const { number, length, properties } = facts;
    switch (kind) {
      case "integer":
      case "fraction":
        if (number.least > number.most) return true;
        return number.least === number.most && (number.aboveLeast || number.belowMost);
      case "string":
        return length.least > length.most;
      case "array":
        return facts.items.least > this.#below(() => mostItems(facets, facts, this));
      case "object":
        if (properties.least > properties.most) return true;
        return this.#below(() => lacksRequired(facets, facts, this));
      default:
        return false;
    }
  }

  #below<Result>(look: () => Result): Result {
    this.#depth++;
    const result = look();
    this.#depth--;
    return result;
  }
}

function keyOf(parts: Parts): string {
  return [...new Set(parts.map(signatureOf))].sort().join(" ");
}
