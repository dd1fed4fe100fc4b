import { AuthenticateAccess, type Instant, type Ports, ViewProfile } from 'move-acces/core';

/** What the club displays to a visitor. */
export type Answer = { readonly kind: 'welcome'; readonly name: string } | { readonly kind: 'please_pay'; readonly since: Instant | null };

/**
 * Admits visitors with a live session and an active subscription. It takes the ports of move-acces: in production from its wiring, in a
 * test from a world.
 */
export class ClubDoor {
  readonly #authenticate: AuthenticateAccess;
  readonly #viewProfile: ViewProfile;

  constructor(ports: Ports) {
    this.#authenticate = new AuthenticateAccess(ports);
    this.#viewProfile = new ViewProfile(ports);
  }

  /** @throws AuthError `token_invalid`, `token_expired`, `session_revoked`, `account_disabled` */
  async ring(accessToken: string): Promise<Answer> {
    const { userId } = await this.#authenticate.execute({ token: accessToken });
    const { user, subscription } = (await this.#viewProfile.execute({ userId })).profile;
    if (subscription?.status === 'active') return { kind: 'welcome', name: user.firstName ?? user.email };
    return { kind: 'please_pay', since: subscription?.endsAt ?? null };
  }
}
