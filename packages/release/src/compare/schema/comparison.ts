import type { OpenApiDocument } from "@dots-payouts/openapi";
import { VALUES } from "../change/advice.ts";
import { assumedChange, type Spot } from "../change/assumed.ts";
import {
  type Advice,
  type Assumed,
  type Direction,
  type Effect,
  type Impact,
  impactOf,
  type Note,
} from "../change/change.ts";
import { child, isMade, type Parts } from "../proof/part.ts";

export interface Comparison {
  readonly before: OpenApiDocument;
  readonly after: OpenApiDocument;
  readonly direction: Direction;
  /** A readable name of where the value is: `request`, `200 response`. */
  readonly side: string;
  readonly note: Note;
  /** What was reported without a condition. */
  readonly said: Set<string>;
  /** Records that a named schema was compared with its namesake. */
  readonly named: (pointer: string) => void;
}

/** Where two schemas are compared. */
export interface Place {
  readonly path: string;
  /** A readable condition under which the schemas apply. */
  readonly condition: string | undefined;
  /** Whether values may have been lost or gained here: if the enclosing value cannot have changed, neither has this. */
  readonly lost: boolean;
  readonly gained: boolean;
  readonly above: readonly string[];
}

/** What a change is about, in the schemas: keys that lead to it, and one name in the list there. */
export interface About {
  readonly keys?: readonly string[];
  readonly name?: string;
}

/** Which changes of the values have been reported. */
export interface Told {
  lost: boolean;
  gained: boolean;
}

/** Two schemas that are being compared. */
export class Pair {
  readonly told: Told = { lost: false, gained: false };
  readonly comparison: Comparison;
  readonly place: Place;
  readonly #facets: readonly [Parts, Parts];
  readonly #compare: (comparison: Comparison, before: Parts, after: Parts, place: Place) => Told;

  constructor(
    comparison: Comparison,
    place: Place,
    facets: readonly [Parts, Parts],
    compare: (comparison: Comparison, before: Parts, after: Parts, place: Place) => Told,
  ) {
    this.comparison = comparison;
    this.place = place;
    this.#facets = facets;
    this.#compare = compare;
  }

  get direction(): Direction {
    return this.comparison.direction;
  }

  /** Reports a change of the values. What is certain about all of them limits what one keyword can change. */
  values(effect: Effect, text: string, about: About = {}): void {
    const { lost, gained } = this.place;
    if (!lost && !gained) return;
    const real = lost && gained ? effect : lost ? "narrower" : "wider";
    this.tell(impactOf(this.direction, real), text, real, VALUES[this.direction][real], about);
  }

  /** Reports a change, and which change of the values it explains. */
  tell(
    impact: Impact,
    text: string,
    effect: Effect | undefined,
    advice?: Advice,
    about: About = {},
    property = "",
  ): void {
    if (effect === "narrower" || effect === "other") this.told.lost = true;
    if (effect === "wider" || effect === "other") this.told.gained = true;
    const { path, condition } = this.place;
    const at = [path, property].filter((step) => step !== "").join(".");
    const { side } = this.comparison;
    const subject = at === "" ? `The ${side}` : `\`${at}\` in the ${side}`;
    const sentence = `${subject} ${text}`;
    const assumed = this.#assumed(about);
    if (condition === undefined) {
      this.comparison.said.add(sentence);
      this.comparison.note(impact, sentence, advice, assumed);
    } else if (!this.comparison.said.has(sentence)) {
      this.comparison.note(impact, `${sentence.replace(/\.$/, "")} (where ${condition}).`, advice, assumed);
    }
  }

  /** Whether the schemas only assume what the change is about. */
  #assumed({ keys = [], name }: About): Assumed | undefined {
    const [old, now] = this.#facets.map((facets) =>
      facets
        .filter((facet) => !isMade(facet) && child(facet, ...keys).node !== null)
        .map((facet): Spot => ({ document: facet.document, pointer: child(facet, ...keys).pointer, name })),
    );
    return (old ?? []).length < 2 && (now ?? []).length < 2 ? assumedChange(old?.[0], now?.[0]) : undefined;
  }

  /** Compares schemas of a part of the value, or of all of it. */
  deeper(before: Parts, after: Parts, step: Partial<Pick<Place, "path" | "condition">>): void {
    const told = this.#compare(this.comparison, before, after, { ...this.place, ...step });
    this.told.lost ||= told.lost;
    this.told.gained ||= told.gained;
  }
}
