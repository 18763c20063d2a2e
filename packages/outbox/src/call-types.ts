import type { Dots } from "@dots-payouts/client";

/** The client's resources. */
type Resource = Exclude<keyof Dots & string, "http">;

/** The body that a client method takes; `never` for a method without one. */
type Taken<Method> = Method extends (body: infer Body, ...rest: never[]) => unknown
  ? undefined extends Body
    ? never
    : Body extends object
      ? Body
      : never
  : never;

/** The client's methods that create something, as `resource.method`. */
export type CallName = {
  [Name in Resource]: {
    [Method in keyof Dots[Name] & string]: [Taken<Dots[Name][Method]>] extends [never]
      ? never
      : `${Name}.${Method}`;
  }[keyof Dots[Name] & string];
}[Resource];

/** What a client method sends. */
export type BodyOf<Name extends CallName> = Name extends `${infer Owner}.${infer Method}`
  ? Owner extends Resource
    ? Method extends keyof Dots[Owner]
      ? Taken<Dots[Owner][Method]>
      : never
    : never
  : never;

/** What to send once. */
export interface IntentOf<Name extends CallName> {
  /** Your own ID, such as an order number. One ID is sent once, forever. */
  readonly id: string;
  /** The client's method, such as `resource.create`. */
  readonly call: Name;
  /** The method's body, without the idempotency key: the outbox makes it. */
  readonly body: BodyOf<Name>;
}
