/** How much a memory store keeps. */
export interface MemoryLimits {
  /** Of keys, and of the resources of an owner. */
  readonly count: number;
  /** Characters of all answers together with their requests, and as many of all resources. */
  readonly text: number;
  /** Whether something new is refused rather than something forgotten that still counts. */
  readonly strict: boolean;
}
