import type { Json } from "@dots-payouts/openapi";
import { pythonLiteral } from "./literal.ts";
import { fillKeyPlace } from "./sample-key.ts";
import { SAMPLE_CREDENTIALS } from "./sample-login.ts";
import { MOCK_URL, type SampleRequest, TIMEOUT_SECONDS } from "./sample-request.ts";

/**
 * Python 3 with only its standard library. By default it follows redirects, credentials included, so the sample
 * changes that.
 */
export function pythonSample(request: SampleRequest): string {
  const { user, password } = SAMPLE_CREDENTIALS;
  const { login } = request;
  const headers = [
    ...(login.kind === "basic" ? [`        "Authorization": "Basic " + credentials,\n`] : []),
    ...(login.kind === "header" ? [`        "${login.name}": "${login.value}",\n`] : []),
    ...(request.body === undefined ? [] : [`        "Content-Type": "${request.contentType}",\n`]),
  ];
  const isBasic = login.kind === "basic";
  const key = [...request.keyAdvice.map((line) => `# ${line}`), "key = str(uuid.uuid4())", ""];
  return `${isBasic ? "import base64\n" : ""}import json
import urllib.request
${request.takesKey ? "import uuid\n" : ""}

class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


${request.takesKey ? key.join("\n") : ""}${isBasic ? `credentials = base64.b64encode(b"${user}:${password}").decode()\n` : ""}request = urllib.request.Request(
    "${MOCK_URL}${request.path}",
    method="${request.method}",${headers.length === 0 ? "" : `\n    headers={\n${headers.join("")}    },`}${request.body === undefined ? "" : `\n    data=json.dumps(${bodyCode(request.body)}).encode(),`}
)
opener = urllib.request.build_opener(NoRedirects)
with opener.open(request, timeout=${TIMEOUT_SECONDS}) as response:
    print(${request.isAnswered ? "json.load(response)" : "response.status"})`;
}

function bodyCode(body: Json): string {
  return fillKeyPlace(pythonLiteral(body, "    "), "key");
}
