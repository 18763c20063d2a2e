import { asDocument, listOperations, type OpenApiDocument, setAt } from "@dots-payouts/openapi";
import { listSamples } from "./list-samples.ts";

/** The document with the samples of each operation's first example where Redoc looks for them. */
export function withSamples(document: OpenApiDocument): OpenApiDocument {
  return listOperations(document).reduce((changed, operation) => {
    const [first] = listSamples(operation);
    if (first === undefined) return changed;
    const samples = first.codes.map(({ label, code }) => ({ lang: label, label, source: code }));
    return asDocument(setAt(changed, `${operation.pointer}/x-codeSamples`, samples));
  }, document);
}
