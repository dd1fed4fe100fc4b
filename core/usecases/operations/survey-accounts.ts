import { isTypable } from '../../domain/accounts/email-address.js';
import { type FindingCode, type SchemaFinding, schemaFinding } from '../../domain/operations/schema-finding.js';
import type { SchemaView, SurveyedAccount } from '../../ports/operations/existing-schema.js';
import type { Ports } from '../../ports/ports.js';

export interface AccountSurvey {
  readonly accounts: number;
  /** Number of current hashes of each format, the most frequent format first. */
  readonly hashes: readonly { readonly scheme: string; readonly count: number }[];
  /** Reasons why some accounts cannot log in. */
  readonly findings: readonly SchemaFinding[];
}

const sampleSize = 5;

const words = {
  key_unusable: 'Accounts have a key that cannot be served',
  address_unusable: 'Accounts have no address that can be typed at a login',
  credential_missing: 'Accounts have no password',
  credential_ambiguous: 'Accounts have several credentials',
  hash_unknown: 'Accounts have a hash of no format that is understood',
} as const satisfies Partial<Record<FindingCode, string>>;

type Obstacle = keyof typeof words;

/** Reads every account once. It keeps only counts and a few ids. */
export async function surveyAccounts(view: SchemaView, { hasher }: Pick<Ports, 'hasher'>): Promise<AccountSurvey> {
  const schemes = new Map<string, number>();
  const met = new Map<Obstacle, { count: number; readonly ids: string[] }>();
  let accounts = 0;
  for await (const batch of view.accounts()) {
    accounts += batch.length;
    for (const account of batch) {
      const found = account.hashes.map((hash) => (hash ? hasher.schemeOf(hash) : null)).filter((scheme) => scheme !== null);
      for (const scheme of found) schemes.set(scheme, (schemes.get(scheme) ?? 0) + 1);
      for (const obstacle of obstaclesOf(account, found)) {
        const { count, ids } = met.get(obstacle) ?? { count: 0, ids: [] };
        if (ids.length < sampleSize) ids.push(account.id);
        met.set(obstacle, { count: count + 1, ids });
      }
    }
  }
  return {
    accounts,
    hashes: [...schemes].map(([scheme, count]) => ({ scheme, count })).toSorted((one, other) => other.count - one.count),
    findings: [...met].map(([obstacle, counted]) => schemaFinding(obstacle, words[obstacle], counted)),
  };
}

function obstaclesOf({ isServed, email, hashes }: SurveyedAccount, schemes: readonly string[]): readonly Obstacle[] {
  const obstacles: Obstacle[] = [];
  if (!isServed) obstacles.push('key_unusable');
  if (email === null || !isTypable(email)) obstacles.push('address_unusable');
  if (hashes.length > 1) obstacles.push('credential_ambiguous');
  else if (schemes.length === 0) obstacles.push('credential_missing');
  else if (schemes.includes('unknown')) obstacles.push('hash_unknown');
  return obstacles;
}
