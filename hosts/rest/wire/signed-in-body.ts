import type { SignedIn } from '../../../core/usecases/signed-in.js';
import { type TokensBody, tokensBody } from './tokens-body.js';
import { type UserBody, userBody } from './user-body.js';

/** Tokens, and who they are for. */
export interface SignedInBody extends TokensBody {
  user: UserBody;
}

export const signedInBody = ({ grant, profile }: SignedIn): SignedInBody => ({ ...tokensBody(grant), user: userBody(profile) });
