import type { Advice, Direction, Effect } from "./change.ts";

const RED = "a server that behaves as before fails the run.";

/** What a change of the allowed values means for each package. */
export const VALUES: Readonly<Record<Direction, Readonly<Record<Effect, Advice>>>> = {
  request: {
    narrower: {
      client: "send only what is still allowed.",
      mock: "refuses what it accepted before.",
      contract: "a server that still accepts it fails the run.",
    },
    wider: { mock: "accepts what it refused before.", contract: "a server that refuses it fails the run." },
    other: { client: "check what you send.", mock: "may refuse what it accepted before.", contract: RED },
  },
  response: {
    narrower: { contract: RED },
    wider: { client: "handle the new values where you read it.", mock: "may send it." },
    other: { client: "check the code that reads it.", contract: RED },
  },
};

/** What other changes mean for each package. */
export const ADVICE = {
  newRequestProperty: { mock: "accepts it.", contract: "a server that refuses it fails the run." },
  neededProperty: {
    client: "send it: code without it no longer compiles.",
    mock: "refuses requests without it.",
    contract: "a server that accepts requests without it fails the run.",
  },
  spareProperty: { contract: "a server that refuses requests without it fails the run." },
  goneRequestProperty: { client: "stop sending it: code that does no longer compiles." },
  newResponseProperty: { mock: "may send it." },
  sureProperty: {
    mock: "always sends it.",
    contract: "a server that leaves it out fails the run.",
  },
  unsureProperty: { client: "handle a missing value.", mock: "may leave it out." },
  goneResponseProperty: { client: "stop reading it: code that does no longer compiles." },
  newRequestValue: { mock: "accepts it.", contract: "a server that refuses it fails the run." },
  goneRequestValue: {
    client: "stop sending it: code that does no longer compiles.",
    mock: "refuses it.",
    contract: "a server that still accepts it fails the run.",
  },
  newResponseValue: { client: "handle it as you handle unknown values.", mock: "may send it." },
  goneResponseValue: {
    client: "code that compares with it no longer compiles.",
    contract: "a server that still sends it fails the run.",
  },
  newDefault: { client: "leaving it out now says this." },
  otherDefault: { client: "leaving it out means something else: send the value that you want." },
  deprecated: { client: "editors strike it through: plan to do without it." },
  generated: { contract: "a server that returns the same value twice fails the run." },
  notGenerated: { client: "do not rely on a fresh value." },
  echoed: { mock: "returns it.", contract: "a server that does not return it fails the run." },
  notEchoed: { client: "do not rely on getting it back.", mock: "no longer returns it." },
  sentHeader: { mock: "sends it.", contract: "a server that leaves it out fails the run." },
  delivers: { contract: "holds back requests that message a person." },
  operationGone: { client: "its method is gone: code that calls it no longer compiles." },
  operationNew: { client: "there is a method for it.", contract: "a server without it fails the run." },
  event: { client: "your receiver can get it.", mock: "may send it." },
  eventGone: { client: "it is no longer sent: do not wait for it." },
} satisfies Readonly<Record<string, Advice>>;
