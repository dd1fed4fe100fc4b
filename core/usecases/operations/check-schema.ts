import { type FindingSeverity, type SchemaFinding, schemaFinding, severityOf } from '../../domain/operations/schema-finding.js';
import type { SchemaView, TableDefinition } from '../../ports/operations/existing-schema.js';
import type { Ports } from '../../ports/ports.js';
import { type AccountSurvey, surveyAccounts } from './survey-accounts.js';

export type CheckSchemaPorts = Pick<Ports, 'existingSchema' | 'hasher' | 'clock'>;

export interface SchemaReport {
  /** The most important finding comes first. */
  readonly findings: readonly SchemaFinding[];
  readonly counts: Readonly<Record<FindingSeverity, number>>;
  /** Null where the definitions prevented a read of the rows. */
  readonly survey: AccountSurvey | null;
  readonly definitions: readonly TableDefinition[];
}

const severities = ['error', 'warning', 'info'] as const satisfies readonly FindingSeverity[];

/** Errors that concern writes only. */
const writing: readonly SchemaFinding['code'][] = ['right_missing', 'password_column_unfit', 'binlog_of_statements', 'server_read_only'];

/**
 * Compares the existing tables, definitions and rows, with the mapping. Reports everything that does not fit, that prevents a login, or
 * that changed since it was accepted. Writes nothing, unless the caller passes `accept`: then it stores the definitions as accepted.
 */
export class CheckSchema {
  readonly #ports: CheckSchemaPorts;

  constructor(ports: CheckSchemaPorts) {
    this.#ports = ports;
  }

  async execute({ accept }: { readonly accept: boolean }): Promise<SchemaReport> {
    const { existingSchema, clock } = this.#ports;
    const definitions = await existingSchema.definitions();
    const { found, survey } = await existingSchema.view((view) => this.#look(view));
    if (accept) await existingSchema.keep(definitions, clock.now(), 'replace');
    const findings = [...found, ...definitionFindings(definitions, accept)].toSorted((one, other) => rank(one) - rank(other));
    const count = (severity: FindingSeverity) => findings.filter((finding) => severityOf(finding) === severity).length;
    return { findings, counts: { error: count('error'), warning: count('warning'), info: count('info') }, survey, definitions };
  }

  async #look(view: SchemaView): Promise<{ readonly found: readonly SchemaFinding[]; readonly survey: AccountSurvey | null }> {
    const found = await view.definitionFindings();
    if (found.some((finding) => severityOf(finding) === 'error' && !writing.includes(finding.code))) {
      return { found: [...found, schemaFinding('rows_unread', 'The rows were not looked at')], survey: null };
    }
    const survey = await surveyAccounts(view, this.#ports);
    const { shared, outOfReach } = await view.addresses();
    const orphans = await view.orphans();
    const unreadable = await view.unreadablePeriods();
    const rowFindings = [
      schemaFinding('address_ambiguous', 'Active accounts have an address that other active accounts have too', shared),
      schemaFinding('address_unreachable', 'Accounts have an address in a spelling that no look-up finds', outOfReach),
      schemaFinding('period_unreadable', 'Subscriptions have a start or an end that cannot be read', { count: unreadable }),
      schemaFinding('orphan_credentials', 'Rows of credentials are of no account', { count: orphans.credentials }),
      schemaFinding('orphan_subscriptions', 'Subscriptions are of no account', { count: orphans.subscriptions }),
    ];
    return { found: [...found, ...survey.findings, ...rowFindings.filter(({ count }) => count !== 0)], survey };
  }
}

function definitionFindings(definitions: readonly TableDefinition[], accept: boolean): readonly SchemaFinding[] {
  if (accept) return [];
  return definitions.flatMap(({ table, fingerprint, kept }) => {
    if (kept === fingerprint) return [];
    if (kept === null) return [schemaFinding('definition_unknown', 'No fingerprint of the definition was kept', { table })];
    return [schemaFinding('definition_changed', 'The definition is not the one that was kept', { table })];
  });
}

const rank = (finding: SchemaFinding): number => severities.indexOf(severityOf(finding));
