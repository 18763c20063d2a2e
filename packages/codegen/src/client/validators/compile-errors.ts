import { DocumentError } from "@dots-payouts/openapi";

/**
 * What comes of compiling the schema at a place.
 * @throws DocumentError where it does not compile
 */
export function compiling<Result>(place: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DocumentError(place, `the schema does not compile: ${reason}`);
  }
}
