import type { ProfileChanges } from '../../../core/domain/accounts/user.js';

/** A change of profile: what is absent stays as it is, null or an empty text clears. */
export interface ProfileChangesBody {
  /**
   * @example "Camille"
   */
  first_name?: string | null;
  /**
   * @example "Girard"
   */
  last_name?: string | null;
  /**
   * 3 to 18 digits, as people write them: a plus sign in front, spaces, dots, dashes, slashes or brackets between, an extension such as
   * `ext. 12` behind. Stored in ASCII with single spaces, in at most 32 characters.
   * @example "+33 6 12 34 56 78"
   */
  phone?: string | null;
}

export const profileChanges = ({ first_name, last_name, phone }: ProfileChangesBody): ProfileChanges => ({
  firstName: first_name,
  lastName: last_name,
  phone,
});
