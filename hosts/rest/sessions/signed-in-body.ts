import type { SignedIn } from '../../../core/usecases/steps/signed-in.js';
import { type UserBody, userBody } from '../accounts/user-body.js';
import { type TokensBody, tokensBody } from './tokens-body.js';

/** Tokens, and who they are for. */
export interface SignedInBody extends TokensBody {
  user: UserBody;
}

export const signedInBody = ({ tokens, profile }: SignedIn): SignedInBody => ({ ...tokensBody(tokens), user: userBody(profile) });
