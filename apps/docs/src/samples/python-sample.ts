import { pythonLiteral } from "./literal.ts";
import { MOCK_URL, SAMPLE_CREDENTIALS, type SampleRequest } from "./sample-request.ts";

/** Python 3 with nothing but its standard library. */
export function pythonSample(request: SampleRequest): string {
  const { user, password } = SAMPLE_CREDENTIALS;
  return `import base64
import json
import urllib.request

credentials = base64.b64encode(b"${user}:${password}").decode()
request = urllib.request.Request(
    "${MOCK_URL}${request.path}",
    method="${request.method}",
    headers={
        "Authorization": "Basic " + credentials,${request.body === undefined ? "" : `\n        "Content-Type": "${request.contentType}",`}
    },${request.body === undefined ? "" : `\n    data=json.dumps(${pythonLiteral(request.body, "    ")}).encode(),`}
)
with urllib.request.urlopen(request) as response:
    print(${request.isAnswered ? "json.load(response)" : "response.status"})`;
}
