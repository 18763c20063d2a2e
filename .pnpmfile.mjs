const NODE = /^node-(bin-)?(darwin|linux|win)-/;

export const hooks = {
  /**
   * Node's packages give their system as a string, but pnpm expects a list and would install Node for every system. Those
   * for Linux need glibc, but don't declare it.
   */
  readPackage(manifest) {
    if (!NODE.test(manifest.name)) return manifest;
    const { os, cpu } = manifest;
    return { ...manifest, os: [os].flat(), cpu: [cpu].flat(), ...(os === "linux" && { libc: ["glibc"] }) };
  },

  /** Removes what only this repository needs from published manifests. */
  beforePacking({ devDependencies: _devDependencies, scripts: _scripts, ...manifest }) {
    return manifest;
  },
};
