import { isObject } from "../runtime/json.ts";

// The undici classes that send each request once, with the class they extend. A program's own subclass may do anything,
// whatever its name.
const PLAIN = /^((Agent|EnvHttpProxyAgent|ProxyAgent|Socks5ProxyAgent|Client) DispatcherBase|Pool PoolBase)$/;

/**
 * Whether an undici dispatcher sends each request once. One composed with interceptors may repeat requests, and so may
 * one created by a factory, also inside another dispatcher.
 */
export function isPlainDispatcher(dispatcher: unknown): boolean {
  return isPlain(dispatcher, isDefaultFactory);
}

/**
 * The same for a global dispatcher. undici 8 registers it twice: as it is, and in a wrapper for older versions. The
 * wrapper hides what it wraps.
 */
export function isPlainGlobal(dispatcher: unknown): boolean {
  return (
    isPlainDispatcher(dispatcher) ||
    (isObject(dispatcher) &&
      classesOf(dispatcher) === "Dispatcher1Wrapper Dispatcher" &&
      isPlainDispatcher(globalDispatcher("2")))
  );
}

/** The global dispatcher of some undici versions: 1 is for those before 8, which Node has up to 24. */
export function globalDispatcher(version: "1" | "2"): unknown {
  return Reflect.get(globalThis, Symbol.for(`undici.globalDispatcher.${version}`));
}

function isPlain(dispatcher: unknown, isPlainFactory: (factory: unknown) => boolean): boolean {
  if (!isObject(dispatcher)) return false;
  const prototype: unknown = Object.getPrototypeOf(dispatcher);
  return (
    isObject(prototype) &&
    // Composing with interceptors replaces its method.
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

// The source text of undici's own, without spaces. A program's own function may have the same name.
const DEFAULT_FACTORY =
  /^functiondefaultFactory\(origin,opts\)\{return(opts&&opts\.connections===1\?newClient\(origin,opts\):)?new(Client|Pool)\(origin,opts\);?\}$/;

// Their source, which takes long to look through, cannot change.
const defaultFactories = new WeakSet();

function isDefaultFactory(factory: unknown): boolean {
  if (!isFactory(factory)) return false;
  const source = (): string => Function.prototype.toString.call(factory).replace(/\s+/g, "");
  const isDefault = defaultFactories.has(factory) || DEFAULT_FACTORY.test(source());
  if (isDefault) defaultFactories.add(factory);
  return isDefault;
}

/** A `ProxyAgent` hides the factory that it was given in one of its own, so look at what that creates. */
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
