import type { Config } from '../config/config.js';
import { type FileTexts, type LoadedConfig, loadConfig } from '../config/load-config.js';

/** What a command line says in place of the environment. */
export interface ConfigOverrides {
  readonly host?: string;
  readonly port?: string;
  readonly workers?: string;
  readonly logLevel?: Config['logLevel'];
}

/** Reads the environment, with the texts of `.env` and of secrets' files where those were read before. @throws ConfigError */
export function readConfig({ host, port, workers, logLevel }: ConfigOverrides, files?: FileTexts): LoadedConfig {
  const env = {
    ...process.env,
    ...(host && { HOST: host }),
    ...(port && { PORT: port, WS_PORT: port }),
    ...(workers && { WORKERS: workers }),
    ...(logLevel && { LOG_LEVEL: logLevel }),
  };
  return loadConfig({ env, ...files });
}
