import type { OpenApiDocument } from "@dots-payouts/openapi";
import { VALUES } from "../advice.ts";
import { type Advice, type Direction, type Effect, type Impact, impactOf, type Note } from "../change.ts";
import type { Parts } from "../proof/part.ts";

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

/** Which changes of the values were reported. */
export interface Told {
  lost: boolean;
  gained: boolean;
}

/** Two schemas that are being compared. */
export class Pair {
  readonly told: Told = { lost: false, gained: false };
  readonly comparison: Comparison;
  readonly place: Place;
  readonly #compare: (comparison: Comparison, before: Parts, after: Parts, place: Place) => Told;

  constructor(
    comparison: Comparison,
    place: Place,
    compare: (comparison: Comparison, before: Parts, after: Parts, place: Place) => Told,
  ) {
    this.comparison = comparison;
    this.place = place;
    this.#compare = compare;
  }

  get direction(): Direction {
    return this.comparison.direction;
  }

  /** Reports a change of the values. What is certain about all values limits what one keyword can change. */
  values(effect: Effect, text: string): void {
    const { lost, gained } = this.place;
    if (!lost && !gained) return;
    const real = lost && gained ? effect : lost ? "narrower" : "wider";
    this.tell(impactOf(this.direction, real), text, real, VALUES[this.direction][real]);
  }

  /** Reports a change, and which change of the values it explains. */
  tell(impact: Impact, text: string, effect: Effect | undefined, advice?: Advice, name = ""): void {
    if (effect === "narrower" || effect === "other") this.told.lost = true;
    if (effect === "wider" || effect === "other") this.told.gained = true;
    const { path, condition } = this.place;
    const at = [path, name].filter((step) => step !== "").join(".");
    const { side } = this.comparison;
    const subject = at === "" ? `The ${side}` : `\`${at}\` in the ${side}`;
    const sentence = `${subject} ${text}`;
    if (condition === undefined) {
      this.comparison.said.add(sentence);
      this.comparison.note(impact, sentence, advice);
    } else if (!this.comparison.said.has(sentence)) {
      this.comparison.note(impact, `${sentence.replace(/\.$/, "")} (where ${condition}).`, advice);
    }
  }

  /** Compares schemas of a part of the value, or the whole value. */
  deeper(before: Parts, after: Parts, step: Partial<Pick<Place, "path" | "condition">>): void {
    const told = this.#compare(this.comparison, before, after, { ...this.place, ...step });
    this.told.lost ||= told.lost;
    this.told.gained ||= told.gained;
  }
}
