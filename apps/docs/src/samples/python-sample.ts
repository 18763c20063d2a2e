import { pythonLiteral } from "./literal.ts";
import { SAMPLE_CREDENTIALS } from "./sample-login.ts";
import { MOCK_URL, type SampleRequest } from "./sample-request.ts";

/** Python 3 with nothing but its standard library. */
export function pythonSample(request: SampleRequest): string {
  const { user, password } = SAMPLE_CREDENTIALS;
  const { login } = request;
  const headers = [
    ...(login.kind === "basic" ? [`        "Authorization": "Basic " + credentials,\n`] : []),
    ...(login.kind === "header" ? [`        "${login.name}": "${login.value}",\n`] : []),
    ...(request.body === undefined ? [] : [`        "Content-Type": "${request.contentType}",\n`]),
  ];
  const isBasic = login.kind === "basic";
  return `${isBasic ? "import base64\n" : ""}import json
import urllib.request

${isBasic ? `credentials = base64.b64encode(b"${user}:${password}").decode()\n` : ""}request = urllib.request.Request(
    "${MOCK_URL}${request.path}",
    method="${request.method}",${headers.length === 0 ? "" : `\n    headers={\n${headers.join("")}    },`}${request.body === undefined ? "" : `\n    data=json.dumps(${pythonLiteral(request.body, "    ")}).encode(),`}
)
with urllib.request.urlopen(request) as response:
    print(${request.isAnswered ? "json.load(response)" : "response.status"})`;
}
