/** The sources of the texts of variables. */
export interface TextSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The variables of `.env`. */
  readonly file: Readonly<Record<string, string>>;
}

export interface FoundText {
  /** Trimmed, and not empty. */
  readonly text: string;
  readonly origin: 'environment' | '.env';
}

/**
 * Returns a function that finds the text of a name: in the environment first, then in `.env`, where the name may be in lower case, as
 * pydantic allows. Only white space counts as unset. Null when the name is set nowhere.
 */
export function lookUp({ env, file }: TextSources): (name: string) => FoundText | null {
  const inCapitals = new Map(Object.entries(file).map(([name, text]) => [name.toUpperCase(), text]));
  return (name) => {
    const environment = env[name]?.trim();
    if (environment) return { text: environment, origin: 'environment' };
    const text = (file[name] ?? inCapitals.get(name))?.trim();
    return text ? { text, origin: '.env' } : null;
  };
}
