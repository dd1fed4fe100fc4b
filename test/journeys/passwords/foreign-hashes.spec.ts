import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { HexRecipe } from '../../../adapters/legacy-passwords/hex-recipe.js';
import { readSchemaMap } from '../../../adapters/mikro-orm/schema-map/read-schema-map.js';
import { type ForeignHashes, foreignHashes, foreignRecipes } from '../../support/foreign-hashes/foreign-hashes.js';
import { startServer } from '../../support/running-server.js';
import { schemaMapExample } from '../../support/schema-map-example.js';
import { logIn as logInAt, untilServed } from '../support/phone.js';
import { restrictedStage } from '../support/restricted-stage.js';
import type { ServerStage } from '../support/server-stage.js';

interface Account {
  readonly email: string;
  readonly password: string;
  readonly hash: string;
  readonly group: ForeignHashes;
}

/** A recipe is declared for a whole table: those of one algorithm that contradict each other are of different companies. */
const companies = {
  'that say what they are, are bare digests, or have their salt behind a separator': (recipe: HexRecipe | undefined) =>
    recipe?.salt == null || 'separator' in recipe.salt,
  'that are digests with a salt for all': (recipe: HexRecipe | undefined) => recipe?.salt != null && 'constant' in recipe.salt,
  'that are digests with a salt in a column beside them': (recipe: HexRecipe | undefined) =>
    recipe?.salt != null && 'column' in recipe.salt,
} as const;

const accountsOf = (groups: readonly ForeignHashes[]): readonly Account[] =>
  groups.map((group, index) => {
    const [password = '', hash = ''] = Object.entries(group.hashes)[0] ?? [];
    return { email: `account${index + 1}@example.org`, password, hash, group };
  });

/** The reference tables with a column for salts, and a mapping with these recipes. */
async function open(folder: string, recipes: readonly HexRecipe[]): Promise<ServerStage> {
  const reference = schemaMapExample('reference');
  const file = join(folder, 'map.json');
  const { users, credentials, subscriptions } = JSON.parse(await readFile(reference.file, 'utf8')) as Record<string, object>;
  const json = JSON.stringify({ users, credentials: { ...credentials, recipes }, subscriptions });
  await writeFile(file, json);
  const stage = await restrictedStage({ ...reference, file, map: readSchemaMap(json, file) });
  await stage.database.query('alter table acces_app add sel varchar(40) null');
  return stage;
}

/** A salt that stands in a column of its own comes after the digest in the collection. */
function columnsOf({ hash, group }: Account): readonly [hash: string, salt: string | null] {
  const salt = foreignRecipes[group.format]?.salt;
  if (salt == null || !('column' in salt)) return [hash, null];
  const end = hash.indexOf(':');
  return [hash.slice(0, end), hash.slice(end + 1)];
}

describe('Hashes that other software made', function () {
  this.timeout(300_000);
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'move-acces-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const [kind, belongs] of Object.entries(companies)) {
    it(`and ${kind} let their accounts in over HTTP, no other password does, and Argon2id takes their place`, async () => {
      const accounts = accountsOf(foreignHashes().filter(({ format }) => belongs(foreignRecipes[format])));
      const recipes = [...new Set(accounts.map(({ group }) => foreignRecipes[group.format]))].filter((recipe) => recipe !== undefined);
      await using stage = await open(folder, recipes);
      const { query } = stage.database;
      for (const [index, account] of accounts.entries()) {
        const id = index + 1;
        await query('insert into users (id, email, prenom, nom) values (?, ?, ?, ?)', [id, account.email, '', '']);
        await query('insert into acces_app (user_id, mot_de_passe, sel) values (?, ?, ?)', [id, ...columnsOf(account)]);
      }
      await using server = await startServer({ env: stage.env, cwd: stage.cwd });
      const logIn = (email: string, password: string) => untilServed(() => logInAt(server.url, email, password));
      for (const { email, password, group } of accounts) {
        const name = `${group.format} by ${group.tool}`;
        expect((await logIn(email, `${password}x`)).body.code, name).to.equal('invalid_credentials');
        expect((await logIn(email, password)).status, name).to.equal(200);
      }
      for (const { email, password } of accounts.slice(0, 3)) expect((await logIn(email, password)).status).to.equal(200);
      const stored = (await query('select mot_de_passe as hash from acces_app order by user_id')) as { hash: string }[];
      const before = accounts.map((account) => columnsOf(account)[0]);
      for (const [index, { hash }] of stored.entries()) {
        const name = `${accounts[index]?.group.format} by ${accounts[index]?.group.tool}`;
        expect(hash, name).to.match(/^\$argon2id\$v=19\$m=(19456|[2-9]\d{4}|1\d{5}),t=\d,p=\d\$/);
        if (!before[index]?.startsWith('$argon2id$') || /\$m=1024,/.test(before[index])) expect(hash, name).not.to.equal(before[index]);
      }
      const upgrades = (await query(
        "select details from audit_logs where event = 'password_upgrade' and outcome = 'success' order by id",
      )) as { details: string }[];
      expect(upgrades).to.have.lengthOf(stored.filter(({ hash }, index) => hash !== before[index]).length);
      expect(upgrades.map(({ details }) => details).join()).not.to.match(/\$|@|[0-9a-f]{32}/);
    });
  }
});
