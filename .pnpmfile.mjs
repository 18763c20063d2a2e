/** What only this repository needs stays out of the published manifests. */
export const hooks = {
  beforePacking({ devDependencies: _devDependencies, scripts: _scripts, ...manifest }) {
    return manifest;
  },
};
