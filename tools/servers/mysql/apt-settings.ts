import { join } from 'node:path';
import { runTool } from './run-tool.js';

/**
 * Returns the text of an `apt.conf` that keeps apt's whole state in a folder. From the machine's own configuration it uses only the network
 * settings: hooks after an update would change the system, and preferences would hide versions.
 */
export async function aptSettings(folder: string, architecture: string): Promise<string> {
  const own = Object.entries(ownSettings(folder, architecture)).map(([name, value]) => `${name} "${value}";`);
  return [...(await networkSettings()), ...own, ''].join('\n');
}

/** Proxies, timeouts, certificates. */
async function networkSettings(): Promise<string[]> {
  const settings = (await runTool('apt-config', ['dump'])).split('\n');
  return settings.filter((line) => /^Acquire::(?!IndexTargets|Languages|Changelogs|CompressionTypes)\S+ ".+";$/.test(line));
}

function ownSettings(folder: string, architecture: string): Readonly<Record<string, string>> {
  const nowhere = '/dev/null';
  return {
    'Dir::Etc::main': nowhere,
    'Dir::Etc::parts': nowhere,
    'Dir::Etc::preferences': nowhere,
    'Dir::Etc::preferencesparts': nowhere,
    'Dir::Etc::sourcelist': join(folder, 'sources.list'),
    'Dir::Etc::sourceparts': nowhere,
    'Dir::State': folder,
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': folder,
    'Dir::Cache::pkgcache': '',
    'Dir::Cache::srcpkgcache': '',
    'Dir::Log': folder,
    'Acquire::AllowInsecureRepositories': 'false',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '1',
    'APT::Architecture': architecture,
    // Without the foreign architectures that the machine may have.
    'APT::Architectures': architecture,
    'APT::Install-Recommends': 'false',
    // Otherwise apt as root downloads as another account, which may not enter a folder of root.
    'APT::Sandbox::User': '',
    // Otherwise an index that cannot be loaded is only a warning.
    'APT::Update::Error-Mode': 'any',
  };
}
