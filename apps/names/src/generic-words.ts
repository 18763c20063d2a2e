/**
 * Words that a source may use although the spec has a name like it, because they are not specific to the API. By
 * reason.
 */
const REASONS = {
  "keywords of OpenAPI and JSON Schema":
    "all callback callbacks components content contact date default deprecated description discriminator email enum " +
    "example examples format header headers id info item items license link links maximum minimum name names not " +
    "object operation parameter parameters path paths pattern phone properties reference required responses schema schemas " +
    "scheme scopes security server servers summary tag tags title type url value values variables version",
  "words of HTTP and its content":
    "accept address body cookie delete get host key message method origin page patch post problem put query redirect " +
    "request response status token transfer user username password wire",
  "what the Standard Webhooks sign": "timestamp",
  "names from JavaScript and its platforms":
    "array balance boolean cancel cause code count create crypto data disabled error event flags force index label length list map memo " +
    "number options order platform read reason rejected result set size source state string surrogate text update write",
  "words of x-resource": "change changed create created list listed read remove removed",
  "the environments that spec/README.md defines": "production sandbox",
  "plain English that programs use in general":
    "active amount claimed created delivered delivery end expired failed first last limit note number pending " +
    "person reversed send sent start time transaction transactions",
};

export const GENERIC_WORDS: ReadonlySet<string> = new Set(
  Object.values(REASONS).flatMap((list) => list.split(" ")),
);
