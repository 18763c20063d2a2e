import { isObject } from "../runtime/json.ts";

// The classes of undici that send each request once, with the class that they are derived from. A class that a program
// derives from one of them may do anything, whatever it is called.
const PLAIN =
  /^((Agent|EnvHttpProxyAgent|ProxyAgent|Client) DispatcherBase|Pool PoolBase|Dispatcher1Wrapper Dispatcher)$/;

/**
 * Whether a dispatcher of undici sends each request once. One that was composed with interceptors may repeat requests,
 * and so may what a factory makes.
 */
export function isPlainDispatcher(dispatcher: unknown): boolean {
  if (!isObject(dispatcher)) return false;
  const prototype: unknown = Object.getPrototypeOf(dispatcher);
  return (
    isObject(prototype) &&
    // Composed with interceptors it has another method.
    prototype["dispatch"] === dispatcher["dispatch"] &&
    PLAIN.test(`${nameOf(prototype)} ${nameOf(Object.getPrototypeOf(prototype))}`) &&
    Object.getOwnPropertySymbols(dispatcher).every(
      (symbol) => symbol.description !== "factory" || isDefaultFactory(Reflect.get(dispatcher, symbol)),
    )
  );
}

function nameOf(prototype: unknown): string {
  return isObject(prototype) ? prototype.constructor.name : "";
}

function isDefaultFactory(factory: unknown): boolean {
  return typeof factory === "function" && /^default(Agent)?Factory$/.test(factory.name);
}
