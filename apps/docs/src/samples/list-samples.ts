import { memoizeByObject, type OpenApiDocument, type Operation } from "@dots-payouts/openapi";
import { clientSample } from "./client-sample.ts";
import { curlSample } from "./curl-sample.ts";
import { fetchSample } from "./fetch-sample.ts";
import { goSample } from "./go-sample.ts";
import { pythonSample } from "./python-sample.ts";
import { type SampleRequest, sampleRequests } from "./sample-request.ts";

/** A request in several languages. */
export interface Sample {
  readonly request: SampleRequest;
  readonly title: string;
  readonly codes: readonly SampleCode[];
}

interface SampleCode {
  /** The language's name for the highlighter. */
  readonly language: string;
  /** The language's name for readers. */
  readonly label: string;
  readonly code: string;
}

/** The requests for each documented example of an operation. */
export function listSamples(document: OpenApiDocument, operation: Operation): readonly Sample[] {
  return samplesOf(document)(operation);
}

/** Several pages show the same samples. */
const samplesOf = memoizeByObject((document: OpenApiDocument) =>
  memoizeByObject((operation: Operation) => makeSamples(document, operation)),
);

function makeSamples(document: OpenApiDocument, operation: Operation): Sample[] {
  return sampleRequests(document, operation).map((request) => ({
    request,
    title: request.title,
    codes: [
      { language: "sh", label: "curl", code: curlSample(request) },
      { language: "ts", label: "TypeScript", code: clientSample(request) },
      { language: "js", label: "fetch", code: fetchSample(request) },
      { language: "python", label: "Python", code: pythonSample(request) },
      { language: "go", label: "Go", code: goSample(request) },
    ].filter((sample): sample is SampleCode => sample.code !== undefined),
  }));
}
