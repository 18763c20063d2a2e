/** Words that a source may use although the spec has a name like it, because they say nothing of the API. By reason. */
const REASONS = {
  "keywords of OpenAPI and JSON Schema":
    "all callback callbacks components content contact date default deprecated description discriminator email enum " +
    "example examples format header headers id info item items license link links maximum minimum name names not " +
    "object operation parameter parameters path paths pattern phone properties reference required responses schema schemas " +
    "scheme scopes security server servers summary tag tags title type url value values variables version",
  "words of HTTP and of what it carries":
    "accept address body cookie delete get host key message method origin page patch post problem put query redirect " +
    "request response status token transfer user username password wire",
  "what the Standard Webhooks sign": "timestamp",
  "names that JavaScript and its platforms give":
    "array balance boolean cancel cause code count create crypto data disabled error event flags force index label length list map memo " +
    "number options order platform read reason rejected result set size source state string surrogate text update write",
  "what x-resource says of resources": "change changed create created list listed read remove removed",
  "the environments that spec/README.md gives a meaning": "production sandbox",
  "plain English that a program says of what it does":
    "active amount claimed created delivered delivery end expired failed first last limit note number pending " +
    "person reversed send sent start time transaction transactions",
};

export const GENERIC_WORDS: ReadonlySet<string> = new Set(
  Object.values(REASONS).flatMap((list) => list.split(" ")),
);
