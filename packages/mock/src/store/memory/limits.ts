/** How much a memory store keeps. */
export interface MemoryLimits {
  /** The number of keys, and of resources per owner. */
  readonly count: number;
  /** Characters of all answers together with their requests, and the same for all resources. */
  readonly text: number;
  /** Whether to refuse something new rather than drop something that is still valid. */
  readonly strict: boolean;
}
