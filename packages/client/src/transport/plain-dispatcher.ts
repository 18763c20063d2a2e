import { isObject } from "../runtime/json.ts";

// The undici classes that send each request once, with the class they extend. A program's own subclass may do anything,
// whatever its name.
const PLAIN =
  /^((Agent|EnvHttpProxyAgent|ProxyAgent|Client) DispatcherBase|Pool PoolBase|Dispatcher1Wrapper Dispatcher)$/;

/**
 * Whether an undici dispatcher sends each request once. One composed with interceptors may repeat requests, and so may
 * one created by a factory.
 */
export function isPlainDispatcher(dispatcher: unknown): boolean {
  if (!isObject(dispatcher)) return false;
  const prototype: unknown = Object.getPrototypeOf(dispatcher);
  return (
    isObject(prototype) &&
    // Composing with interceptors replaces its method.
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
