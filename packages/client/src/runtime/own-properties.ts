/** An object's own properties: a polluted `Object.prototype` must not decide where money goes. */
export function ownProperties<Type extends object>(object: Type): Type {
  return { __proto__: null, ...object };
}

/**
 * The own properties of the options of a call. What an object inherits would be lost, and with it an option that keeps
 * a call from being carried out twice.
 * @throws Error if it inherits anything.
 */
export function plainOptions<Type extends object>(options: Type): Type {
  const prototype: unknown = Object.getPrototypeOf(options);
  // Another realm, such as a test in Jest, has its own `Object.prototype`.
  if (prototype && Object.getPrototypeOf(prototype)) throw new Error("the options are not a plain object");
  return ownProperties(options);
}

/** No options at all. */
export const NONE: object = ownProperties({});
