/** An object's own properties: a polluted `Object.prototype` must not decide where money goes. */
export function ownProperties<Type extends object>(object: Type): Type {
  return { __proto__: null, ...object };
}

/** No options at all. */
export const NONE: object = ownProperties({});
