/** An object created from another, such as a transfer from a link, as it was last seen. */
export interface SeenFollowUp {
  readonly id: string;
  readonly kind: string;
  readonly parent: string;
  readonly state: string;
}
