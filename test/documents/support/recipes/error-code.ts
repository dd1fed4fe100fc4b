import { after, all, announced, replaced } from './edits.js';
import type { Recipe } from './recipe.js';

const problem = `  phone_not_served: {
    status: 409,
    title: 'Phone number not served',
    detail: 'The service sends no message to numbers of this range.',
    advice: 'Let the user enter another number.',
  },`;

const refusal = `    if (input.phone?.startsWith('+881')) throw new AuthError('phone_not_served');`;

const refusalCase = `
  it('takes no phone number of a satellite', async () => {
    const { ask, update } = await someone();
    const refused = update.execute({ ...ask, changes: { phone: '+881612345678' }, expectedVersions: null });
    expect((await refusalOf(refused)).code).to.equal('phone_not_served');
  });
`;

/** Adds `phone_not_served`, by which `PATCH /users/me` is refused. */
export const errorCodeRecipe: Recipe = {
  title: 'To add an error code',
  names: { noun: 'accounts', verb: 'update-profile', subject: 'profile', controller: 'users' },
  files: {
    'core/domain/error-code.ts': after(/^ {2}email_taken: /, "  phone_not_served: 'fix',"),
    'core/usecases/accounts/update-profile.ts': all(
      after(/parseProfileChanges\(input\);/, refusal),
      replaced(/(@throws AuthError .*?)(\n \*\/)/s, '$1, `phone_not_served`$2'),
    ),
    'hosts/http/problem-catalogue.ts': replaced(/\n( {2}current_password_wrong: \{)/, `\n${problem}\n$1`),
    'hosts/ws/close-causes.ts': after(/^ {2}email_taken: /, '  phone_not_served: { closeCode: 4500 },'),
    'hosts/cli/exit-codes.ts': after(/^ {2}email_taken: /, "  phone_not_served: 'The service sends no message to this number',"),
    'hosts/rest/accounts/users-controller.ts': replaced(/(@Patch\('me'\).*?'x-refusals', \[)/s, "$1'phone_not_served', "),
    'test/usecases/accounts/profile.spec.ts': replaced(/\n( {2}it\('has a version)/, `${refusalCase}\n$1`),
    'test/hosts/rest/problem/problems.spec.ts': after(/^ {2}email_taken: /, '  phone_not_served: 409,'),
    'test/hosts/rest/openapi/openapi.spec.ts': replaced(/('PATCH \/users\/me': '200 400 401 403) /, '$1 409 '),
    'CHANGELOG.md': announced('`PATCH /users/me` refuses numbers of satellites with 409 `phone_not_served`.'),
  },
};
