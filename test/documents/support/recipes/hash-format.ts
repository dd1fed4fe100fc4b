import { createHash } from 'node:crypto';
import { after, all, announced, before, imported, made, replaced } from './edits.js';
import type { Recipe } from './recipe.js';

const verifier = `
import { createHash } from 'node:crypto';
import type { LegacyPasswordVerifier } from '../../core/ports/passwords/legacy-password-verifier.js';
import { isSame } from './is-same.js';

/** Salt, digest in hexadecimal. */
const shape = /^sha1\\$([A-Za-z0-9]{1,32})\\$([0-9a-f]{40})$/;

/** Django's first format (SHA1PasswordHasher): \`sha1$salt$\` and the digest of salt and password. */
export class DjangoSha1Verifier implements LegacyPasswordVerifier {
  readonly scheme = 'django-sha1';

  understands(hash: string): boolean {
    return shape.test(hash);
  }

  async verify(password: string, hash: string): Promise<boolean> {
    const [, salt, digest] = shape.exec(hash) ?? [];
    if (salt === undefined || digest === undefined) return false;
    return isSame(createHash('sha1').update(salt).update(password).digest('hex'), digest);
  }

  acceptsVariants(): boolean {
    return false;
  }
}
`;

interface Collection {
  readonly groups: readonly { readonly hashes: Readonly<Record<string, string>> }[];
}

/** As `make-hashes.py` would print it: the same passwords as the first group has. */
function collected(text: string): string {
  const collection = JSON.parse(text) as Collection;
  const passwords = Object.keys(collection.groups[0]?.hashes ?? {});
  const digest = (password: string) => createHash('sha1').update('sel').update(password).digest('hex');
  const hashes = Object.fromEntries(passwords.map((password) => [password, `sha1$sel$${digest(password)}`]));
  const groups = [...collection.groups, { format: 'django-sha1', tool: 'django', hashes }];
  return `${JSON.stringify({ ...collection, groups }, null, 2)}\n`;
}

const row = '| Django before 1.4 | `sha1$…$…` | 32 characters of salt | `DjangoSha1Verifier` |';

/** Adds Django's `sha1$salt$digest`. */
export const hashFormatRecipe: Recipe = {
  title: 'To add a hash format',
  names: { format: 'django-sha1' },
  files: {
    'adapters/legacy-passwords/django-sha1-verifier.ts': made(verifier),
    'adapters/legacy-passwords/legacy-verifiers.ts': all(
      imported("import { DjangoSha1Verifier } from './django-sha1-verifier.js';"),
      after(/new ScryptVerifier\(\),/, '    new DjangoSha1Verifier(),'),
    ),
    'test/support/foreign-hashes/make-hashes.py': all(
      replaced(/(import PBKDF2PasswordHasher, PBKDF2SHA1PasswordHasher)/, '$1, SHA1PasswordHasher'),
      before(/^ {4}\("hex-md5", "doveadm/, '    ("django-sha1", "django", lambda p: SHA1PasswordHasher().encode(p, "sel")),'),
    ),
    'test/support/foreign-hashes/hashes.json': collected,
    'docs/password-formats.md': after(/^\| Django's PBKDF2 \|/, row),
    'CHANGELOG.md': announced('Hashes of Django before 1.4 (`sha1$…`) log in.'),
  },
};
