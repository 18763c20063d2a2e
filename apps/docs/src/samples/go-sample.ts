import type { Json } from "@dots-payouts/openapi";
import { fillKeyPlace } from "./sample-key.ts";
import { SAMPLE_CREDENTIALS } from "./sample-login.ts";
import { MOCK_URL, type SampleRequest, TIMEOUT_SECONDS } from "./sample-request.ts";

/**
 * Go with only its standard library. By default it follows redirects and waits forever, so the sample changes both.
 */
export function goSample(request: SampleRequest): string {
  const { user, password } = SAMPLE_CREDENTIALS;
  const { login, takesKey } = request;
  const hasBody = request.body !== undefined;
  const packages = [
    ...(takesKey ? ["crypto/rand"] : []),
    "fmt",
    "io",
    "log",
    "net/http",
    ...(hasBody ? ["strings"] : []),
    "time",
  ];
  const lines = [
    "package main",
    "",
    "import (",
    ...packages.map((name) => `\t"${name}"`),
    ")",
    "",
    "func main() {",
    ...(takesKey ? [...request.keyAdvice.map((line) => `\t// ${line}`), "\tkey := newKey()"] : []),
    ...(request.body === undefined ? [] : [`\tbody := ${bodyCode(request.body)}`]),
    `\trequest, err := http.NewRequest("${request.method}", ${JSON.stringify(MOCK_URL + request.path)}, ${hasBody ? "strings.NewReader(body)" : "nil"})`,
    ...check("err != nil", "log.Fatal(err)"),
    ...(login.kind === "basic" ? [`\trequest.SetBasicAuth("${user}", "${password}")`] : []),
    ...(login.kind === "header" ? [`\trequest.Header.Set("${login.name}", "${login.value}")`] : []),
    ...(hasBody ? [`\trequest.Header.Set("Content-Type", "${request.contentType}")`] : []),
    "\tclient := &http.Client{",
    `\t\tTimeout: ${TIMEOUT_SECONDS} * time.Second,`,
    "\t\tCheckRedirect: func(*http.Request, []*http.Request) error {",
    "\t\t\treturn http.ErrUseLastResponse",
    "\t\t},",
    "\t}",
    "\tresponse, err := client.Do(request)",
    ...check("err != nil", "log.Fatal(err)"),
    "\tdefer response.Body.Close()",
    "\tanswer, err := io.ReadAll(response.Body)",
    ...check("err != nil", "log.Fatal(err)"),
    ...check("response.StatusCode >= 300", 'log.Fatalf("%s: %s", response.Status, answer)'),
    "\tfmt.Println(string(answer))",
    "}",
    ...(takesKey ? NEW_KEY : []),
  ];
  return lines.join("\n");
}

const NEW_KEY = [
  "",
  "// A random UUID.",
  "func newKey() string {",
  "\tb := make([]byte, 16)",
  "\trand.Read(b)",
  "\tb[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80",
  '\treturn fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])',
  "}",
];

function check(condition: string, consequence: string): string[] {
  return [`\tif ${condition} {`, `\t\t${consequence}`, "\t}"];
}

/** The JSON of a body as a raw string, which can't contain a backtick. */
function bodyCode(body: Json): string {
  const text = JSON.stringify(body, null, 2).replaceAll("`", '` + "`" + `');
  return fillKeyPlace(`\`${text}\``, '"` + key + `"');
}
