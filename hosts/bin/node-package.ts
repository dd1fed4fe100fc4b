/** What decides which binary a machine runs. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Whether the C library is glibc; musl (Alpine) is not. Only looked at on Linux. */
  readonly hasGlibc: boolean;
}

/** The machine of this process. */
export function thisMachine(): Machine {
  const { platform, arch } = process;
  return { platform, arch, hasGlibc: platform === 'linux' && hasGlibc() };
}

/** Where npm's package of Node for a machine keeps the program; null where npm has none that runs there. */
export function nodeProgramFor({ platform, arch, hasGlibc }: Machine): string | null {
  switch (platform) {
    case 'linux':
      return hasGlibc ? `node-linux-${arch}/bin/node` : null;
    case 'darwin':
      return `node-darwin-${arch}/bin/node`;
    case 'win32':
      return `node-win-${arch}/bin/node.exe`;
    default:
      return null;
  }
}

export function hasGlibc(): boolean {
  // a cast: its types lack the option. Without it the names of all network interfaces are looked up, which can take seconds
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork?: boolean };
  report.excludeNetwork = true;
  const { header } = report.getReport() as { readonly header?: { readonly glibcVersionRuntime?: string } };
  return header?.glibcVersionRuntime !== undefined;
}
