import type { Instant } from '../instant.js';
import type { SubscriptionPeriod } from '../subscriptions/subscription.js';
import { canonicalEmail } from './email-address.js';
import type { NewUser } from './user.js';

/** Every state of a subscription, and the way in which it was reached. */
export const demoSubscriptions = ['active', 'cancelled', 'upcoming', 'expired', 'unpaid', 'endless', 'none'] as const;

export type DemoSubscription = (typeof demoSubscriptions)[number];

/** A made-up user. */
export interface DemoPerson extends Omit<NewUser, 'createdAt'> {
  readonly subscription: DemoSubscription;
}

/** One account for each state of a subscription. The first is the login that the documentation shows to a new user. */
export const demoAccounts = [
  { email: canonicalEmail('demo@example.org'), firstName: 'Dominique', lastName: 'Démo', phone: '+33612345600', subscription: 'active' },
  { email: canonicalEmail('camille@example.org'), firstName: 'Camille', lastName: 'Girard', phone: null, subscription: 'cancelled' },
  { email: canonicalEmail('sacha@example.org'), firstName: 'Sacha', lastName: 'Robert', phone: null, subscription: 'upcoming' },
  { email: canonicalEmail('louise@example.org'), firstName: 'Louise', lastName: 'Marchand', phone: null, subscription: 'expired' },
  { email: canonicalEmail('noe@example.org'), firstName: 'Noé', lastName: 'Perrin', phone: null, subscription: 'unpaid' },
  { email: canonicalEmail('maelle@example.org'), firstName: 'Maëlle', lastName: 'Gauthier', phone: null, subscription: 'endless' },
  { email: canonicalEmail('yanis@example.org'), firstName: 'Yanis', lastName: 'Benoit', phone: null, subscription: 'none' },
] as const satisfies readonly DemoPerson[];

/** Every address of this domain is made up: the domain is reserved (RFC 2606 §3). */
export const crowdDomain = 'demo.example.org';

const firstNames = ['Adèle', 'Basile', 'Clara', 'Diego', 'Elsa', 'Fatou', 'Gabin', 'Hanna', 'Ilyes', 'Jade', 'Kenza', 'Léo', 'Mina'];
const lastNames = ['Arnaud', 'Bonnet', 'Colin', 'Diallo', 'Evrard', 'Faure', 'Guérin', 'Henry', 'Klein', 'Lopez', 'Meyer'];

/** Returns the made-up user with this number, from 1 on: always the same user. */
export function crowdPerson(number: number): DemoPerson {
  const pick = <Item>(items: readonly Item[]): Item => items[number % items.length] as Item; // the remainder is an index of the list
  return {
    email: canonicalEmail(`demo-${number.toString().padStart(6, '0')}@${crowdDomain}`),
    firstName: pick(firstNames),
    lastName: pick(lastNames),
    phone: null,
    subscription: pick(demoSubscriptions),
  };
}

/** The rows that put a subscription into a state at `now`. Days begin and end in UTC. */
export function demoPeriods(state: DemoSubscription, now: Instant): readonly SubscriptionPeriod[] {
  const period = (plan: string, from: number, until: number | null, standing: SubscriptionPeriod['standing'] = 'good') => ({
    plan,
    startsAt: dayOf(now, from),
    endsAt: until === null ? null : dayOf(now, until + 1) - 1,
    standing,
  });
  switch (state) {
    case 'active':
      return [period('annuel', -400, -36), period('annuel', -35, 329)];
    case 'cancelled':
      return [period('mensuel', -10, 20, 'cancelled')];
    case 'upcoming':
      return [period('annuel', 10, 374)];
    case 'expired':
      return [period('mensuel', -60, -30)];
    case 'unpaid':
      return [period('mensuel', -10, 20, 'unpaid')];
    case 'endless':
      return [period('a_vie', -500, null)];
    case 'none':
      return [];
  }
}

const msPerDay = 86_400_000;

const dayOf = (now: Instant, days: number): Instant => (Math.floor(now / msPerDay) + days) * msPerDay;
