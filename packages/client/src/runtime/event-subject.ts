/** What an event is about, and where its body says it. A place is the names that lead there. */
export interface EventSubject<Kind extends string = string> {
  readonly kind: Kind;
  /** Where the name of the event is; absent where the body never says it. */
  readonly name?: readonly string[];
  /** Where the ID of the resource can be: the first that is there counts. */
  readonly ids: readonly {
    readonly at: readonly string[];
    /** The body is the resource itself, so the name of this field says nothing of its kind. */
    readonly own?: boolean;
  }[];
}
