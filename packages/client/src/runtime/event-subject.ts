/** What an event is about, and where its body says so. A place is a list of property names. */
export interface EventSubject<Kind extends string = string> {
  readonly kind: Kind;
  /** Where the name of the event is; absent if the body never has it. */
  readonly name?: readonly string[];
  /** Where the ID of the resource can be: the first one present counts. */
  readonly ids: readonly {
    readonly at: readonly string[];
    /** The body is the resource itself, so the name of this field doesn't tell its kind. */
    readonly own?: boolean;
  }[];
}
