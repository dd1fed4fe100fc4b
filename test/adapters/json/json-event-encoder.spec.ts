import { expect } from 'chai';
import { JsonEventEncoder } from '../../../adapters/json/json-event-encoder.js';
import { sessionIdFrom } from '../../../core/domain/ids.js';
import type { Subscription } from '../../../core/domain/subscriptions/subscription.js';
import { subscriptionBody } from '../../../hosts/rest/subscriptions/subscription-body.js';

describe('The JSON of the events of the server', () => {
  const encoder = new JsonEventEncoder();
  const startsAt = Date.UTC(2026, 0, 31, 12);
  const gold: Subscription = { plan: 'gold', status: 'active', startsAt, endsAt: null };

  it('is, byte for byte, what processes of other versions write and clients read', () => {
    const sessionId = sessionIdFrom(startsAt, new Uint8Array(10));
    expect(encoder.encode({ kind: 'profile_updated', fields: ['firstName', 'phone'] })).to.deep.equal({
      name: 'profile.updated',
      data: '{"fields":["first_name","phone"]}',
    });
    expect(encoder.encode({ kind: 'session_revoked', sessionId, reason: 'logout' })).to.deep.equal({
      name: 'session.revoked',
      data: `{"session_id":"${sessionId}","reason":"logout"}`,
    });
    expect(encoder.encode({ kind: 'subscription_changed', subscription: gold })).to.deep.equal({
      name: 'subscription.changed',
      data: '{"plan":"gold","status":"active","starts_at":"2026-01-31T12:00:00.000Z","ends_at":null}',
    });
    expect(encoder.encode({ kind: 'subscription_changed', subscription: null })).to.deep.equal({
      name: 'subscription.changed',
      data: 'null',
    });
  });

  it('shows a subscription as REST does', () => {
    for (const subscription of [gold, { ...gold, endsAt: startsAt + 1 }]) {
      const { data } = encoder.encode({ kind: 'subscription_changed', subscription });
      expect(JSON.parse(data)).to.deep.equal(subscriptionBody(subscription));
    }
  });
});
