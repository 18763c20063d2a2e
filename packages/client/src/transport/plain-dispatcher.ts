import { isObject } from "../runtime/json.ts";

// The classes of undici that send each request once, with the class that they are derived from. A class that a program
// derives from one of them may do anything, whatever it is called.
const PLAIN = /^((Agent|EnvHttpProxyAgent|ProxyAgent|Socks5ProxyAgent|Client) DispatcherBase|Pool PoolBase)$/;

/**
 * Whether a dispatcher of undici sends each request once. One that was composed with interceptors may repeat requests,
 * and so may what a factory makes, also in a dispatcher within this one.
 */
export function isPlainDispatcher(dispatcher: unknown): boolean {
  return isPlain(dispatcher, isDefaultFactory);
}

/**
 * The same of a dispatcher that is global. undici 8 keeps the global one twice: as it is, and wrapped for versions before.
 * Nobody can look into the wrapper.
 */
export function isPlainGlobal(dispatcher: unknown): boolean {
  return (
    isPlainDispatcher(dispatcher) ||
    (isObject(dispatcher) &&
      classesOf(dispatcher) === "Dispatcher1Wrapper Dispatcher" &&
      isPlainDispatcher(globalDispatcher("2")))
  );
}

/** The dispatcher that is global for some versions of undici: 1 for those before 8, also for Node's own up to 24. */
export function globalDispatcher(version: "1" | "2"): unknown {
  return Reflect.get(globalThis, Symbol.for(`undici.globalDispatcher.${version}`));
}

function isPlain(dispatcher: unknown, isPlainFactory: (factory: unknown) => boolean): boolean {
  if (!isObject(dispatcher)) return false;
  const prototype: unknown = Object.getPrototypeOf(dispatcher);
  return (
    isObject(prototype) &&
    // Composed with interceptors it has another method.
    prototype["dispatch"] === dispatcher["dispatch"] &&
    PLAIN.test(classesOf(dispatcher)) &&
    Object.getOwnPropertySymbols(dispatcher).every((symbol) =>
      isPlainPart(symbol.description, Reflect.get(dispatcher, symbol), isPlainFactory),
    )
  );
}

function isPlainPart(
  name: string | undefined,
  part: unknown,
  isPlainFactory: (factory: unknown) => boolean,
): boolean {
  switch (name) {
    case "factory":
      return isPlainFactory(part);
    case "proxy agent":
      return isPlain(part, makesPlain);
    // Of undici 6, which has an interceptor for redirects.
    case "dispatch interceptors":
      return [part].flat().every((one) => `${one}`.includes("defaultMaxRedirections"));
    case "options":
      return !isObject(part) || part["interceptors"] === undefined;
    default:
      return !isObject(part) || !("dispatch" in part) || isPlainDispatcher(part);
  }
}

/** The name of an object's class, and of the one that it is derived from. */
function classesOf(object: object): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  return [prototype, isObject(prototype) && Object.getPrototypeOf(prototype)]
    .map((one) => (isObject(one) ? one.constructor.name : ""))
    .join(" ");
}

// Those of undici, without their spaces. A function of the program may have the same name.
const DEFAULT_FACTORY =
  /^functiondefaultFactory\(origin,opts\)\{return(opts&&opts\.connections===1\?newClient\(origin,opts\):)?new(Client|Pool)\(origin,opts\);?\}$/;

function isDefaultFactory(factory: unknown): boolean {
  return isFactory(factory) && DEFAULT_FACTORY.test(`${factory}`.replace(/\s+/g, ""));
}

/** A `ProxyAgent` wraps the factory that it was given, so that only what comes out of it tells. */
function makesPlain(factory: unknown): boolean {
  try {
    return isFactory(factory) && isPlainDispatcher(factory("https://localhost", {}));
  } catch {
    return false;
  }
}

function isFactory(value: unknown): value is (origin: string, options: object) => unknown {
  return typeof value === "function";
}
