import {
  formatPointer,
  getAt,
  type Json,
  listProperties,
  type OpenApiDocument,
  schemaParts,
} from "@dots-payouts/openapi";

/** A place in a request whose value makes the API message a person. */
export interface Delivery {
  readonly pointer: string;
  /** `true`: any value does. */
  readonly values: readonly Json[] | true;
}

/** Where a request tells the API to message a person. */
export function deliveriesOf(document: OpenApiDocument, schema: string): Delivery[] {
  const found: Delivery[] = [];
  const visit = (place: string, path: readonly string[], above: readonly string[]): void => {
    for (const { node, pointer } of schemaParts(document, place)) {
      if (above.includes(pointer)) return;
      const values = node["x-delivers"];
      if (values === true) found.push({ pointer: formatPointer(path), values });
      else if (Array.isArray(values)) found.push({ pointer: formatPointer(path), values });
    }
    for (const { name, schemas } of listProperties(document, place)) {
      for (const { pointer } of schemas) {
        if (!above.includes(pointer)) visit(pointer, [...path, name], [...above, place, pointer]);
      }
    }
  };
  visit(schema, [], []);
  return found;
}

/** Whether a request makes the API message a person. */
export function delivers(deliveries: readonly Delivery[], body: Json): boolean {
  return deliveries.some(({ pointer, values }) => {
    const value = getAt(body, pointer);
    return value !== undefined && (values === true || values.some((one) => one === value));
  });
}
