import type { World } from '../../kit/make-world.js';

/** Does something between the verdict on a password and what follows from it. */
export const onceJudged = (hasher: World['hasher'], act: () => Promise<unknown>): World['hasher'] => ({
  admit: (work) => work(),
  hash: (password) => hasher.hash(password),
  schemeOf: (hash) => hasher.schemeOf(hash),
  verify: async (password, hash) => {
    const verdict = await hasher.verify(password, hash);
    await act();
    return verdict;
  },
});
