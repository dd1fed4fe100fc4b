import { Option } from 'commander';
import { crowdDomain, crowdPerson, demoAccounts } from '../../../core/domain/accounts/demo-people.js';
import type { SeededCrowd } from '../../../core/usecases/operations/seed-crowd.js';
import type { SeededAccount } from '../../../core/usecases/operations/seed-demo.js';
import type { CliCore, CliTools } from '../cli-actions.js';
import { CliCommand } from '../cli-command.js';
import { wholeNumber } from '../options.js';
import { type Column, table } from '../output/table.js';

interface SeedOptions {
  readonly users?: number;
  readonly passwordStdin?: true;
  readonly force?: true;
  readonly json?: true;
}

const maxUsers = 1_000_000;

/** Reads passwords from standard input, never from an argument, where other users of the machine could read them. */
export function seedCommand(tools: CliTools): CliCommand {
  const { openCore, terminal, isProduction } = tools;
  return new CliCommand('seed')
    .description('make the missing demo accounts, with subscriptions in every state; not with NODE_ENV=production')
    .addOption(
      new Option(
        '--users <number>',
        `make this number of accounts instead, demo-000001@${crowdDomain} and so on, all with one password`,
      ).argParser(wholeNumber(1, maxUsers)),
    )
    .option('--password-stdin', 'read their password from standard input instead of generating random ones')
    .option('--force', 'also in a database that has other accounts')
    .withJson()
    .example('seed', 'makes the demo accounts and shows their passwords, once')
    .example('seed --users 100000 --password-stdin < password.txt', 'makes accounts for a load test')
    .action(async ({ users, passwordStdin, force, json }: SeedOptions) => {
      if (isProduction) throw new Error('Accounts that are made up are not made with NODE_ENV=production.');
      const password = passwordStdin ? await terminal.readInput() : null;
      await using core = await openCore('served');
      const isGiven = passwordStdin === true;
      const order = { password, mayMix: force === true };
      if (users !== undefined) return await seedCrowd({ ...order, count: users, core, json: json === true }, tools);
      const made = await core.useCases.seedDemo.execute({ ...order, actor: tools.operator });
      if (json) terminal.printJson(demoJson(made, isGiven));
      else await showDemo(made, isGiven, tools);
    }) as CliCommand; // `action` returns the command that it was called on
}

interface CrowdOrder {
  readonly count: number;
  readonly password: string | null;
  readonly mayMix: boolean;
  readonly core: CliCore;
  readonly json: boolean;
}

async function seedCrowd({ count, password, mayMix, core, json }: CrowdOrder, { terminal, operator }: CliTools): Promise<void> {
  using bar = terminal.progress(count);
  const { seedCrowd: useCase } = core.useCases;
  const crowd = await useCase.execute({ count, password, mayMix, actor: operator, onProgress: (done) => bar.show(done) });
  bar[Symbol.dispose]();
  const shown = password === null ? crowd.password : null;
  if (json) terminal.printJson(crowdJson(crowd, count, shown));
  else terminal.print(...crowdSentences(crowd, count, shown));
}

const crowdJson = ({ made }: SeededCrowd, count: number, password: string | null) => ({
  made,
  kept: count - made,
  accounts: [],
  crowd: { first: crowdPerson(1).email, last: crowdPerson(count).email, password },
});

function crowdSentences({ made }: SeededCrowd, count: number, password: string | null): readonly string[] {
  const range = `${crowdPerson(1).email} to ${crowdPerson(count).email}`;
  if (made === 0) return [`The accounts ${range} are there already.`];
  return [`Made ${made} of the accounts ${range}.`, ...(password === null ? [] : [`Their password, shown only now: ${password}`])];
}

const demoJson = (made: readonly SeededAccount[], isPasswordGiven: boolean) => ({
  made: made.length,
  kept: demoAccounts.length - made.length,
  accounts: made.map(({ id, person, password }) => ({
    id,
    email: person.email,
    subscription: person.subscription,
    password: isPasswordGiven ? null : password,
  })),
  crowd: null,
});

async function showDemo(made: readonly SeededAccount[], isPasswordGiven: boolean, { terminal }: CliTools): Promise<void> {
  if (made.length === 0) {
    terminal.print('The demo accounts are there already.');
    return;
  }
  terminal.print(...(await table(made, isPasswordGiven ? columns : [...columns, passwordColumn], terminal.paint)));
  const kept = demoAccounts.length - made.length;
  const others = kept === 0 ? '' : ` ${kept} others were there already.`;
  terminal.note(`Demo accounts made: ${made.length}.${others}${isPasswordGiven ? '' : ' The passwords are shown only now.'}`);
}

const columns: readonly Column<SeededAccount>[] = [
  { heading: 'ID', text: ({ id }) => id, align: 'right' },
  { heading: 'ADDRESS', text: ({ person }) => person.email },
  { heading: 'SUBSCRIPTION', text: ({ person }) => person.subscription },
];

const passwordColumn: Column<SeededAccount> = { heading: 'PASSWORD', text: ({ password }) => password, style: () => 'strong' };
