const root = import.meta.dirname;

export default {
  outputFileTracingRoot: root,
  turbopack: { root },
  // The types are checked with those of the other examples.
  typescript: { ignoreBuildErrors: true },
};
