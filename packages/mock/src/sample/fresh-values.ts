import type { Clock } from "../clock/clock.ts";
import { randomUuid } from "./random-uuid.ts";
import { seededBits } from "./seeded-random.ts";

/** The source of the fresh values in each resource. */
export interface FreshValues {
  uuid(): string;
  /** The time of creation, RFC 3339. */
  now(): string;
}

/**
 * Random UUIDs and the current time; with a seed, the same values in the same order in each run: the time then starts
 * at a fixed value, advances one second with every resource, and moves with the mock's clock.
 */
export function freshValues(seed: number | undefined, clock: Clock): FreshValues {
  if (seed === undefined) return { uuid: randomUuid, now: timeOf(clock) };
  const random = seededBits(seed);
  let time = Date.UTC(2026, 0, 1);
  return {
    uuid: () => formatUuid(random),
    now: () => {
      time += 1_000;
      return new Date(time + clock.moved()).toISOString();
    },
  };
}

/** The time, RFC 3339. Cached: many requests share a millisecond, and formatting a time is expensive. */
function timeOf(clock: Clock): () => string {
  let milliseconds = 0;
  let text = "";
  return () => {
    const now = clock.now();
    if (now !== milliseconds) {
      milliseconds = now;
      text = new Date(now).toISOString();
    }
    return text;
  };
}

/** Whether this is a valid `x-generate` rule. */
export function isGenerateRule(rule: string): boolean {
  return rule === "uuid" || rule === "now" || rule.includes("{uuid}");
}

/** Makes the fresh value that `x-generate` asks for: `uuid`, `now`, or a string with `{uuid}` in it. */
export function generator(rule: string): (fresh: FreshValues) => string {
  if (rule === "uuid") return (fresh) => fresh.uuid();
  if (rule === "now") return (fresh) => fresh.now();
  const [start = "", ...rest] = rule.split("{uuid}");
  return (fresh) => {
    let text = start;
    for (const part of rest) text += fresh.uuid() + part;
    return text;
  };
}

/** A version 4 UUID (RFC 9562 §5.4) made of the given bits. */
function formatUuid(random: () => number): string {
  const words = [random(), random(), random(), random()].map((word) => word.toString(16).padStart(8, "0"));
  const hex = words.join("");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
