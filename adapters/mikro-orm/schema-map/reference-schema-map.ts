import type { SchemaMap } from './schema-map.js';

/** Fits the reference tables `users`, `acces_app` and `abonnement`, and the embedded copies of them. */
export const referenceSchemaMap: SchemaMap = {
  users: {
    table: 'users',
    key: { column: 'id', kind: 'integer' },
    email: 'email',
    name: { kind: 'two_columns', firstName: 'prenom', lastName: 'nom' },
    phone: 'telephone',
    createdAt: 'date_creation',
    status: { column: 'statut', active: ['actif'], disabled: 'suspendu' },
    fills: {},
  },
  credentials: {
    kind: 'own_table',
    table: 'acces_app',
    userId: 'user_id',
    passwordHash: 'mot_de_passe',
    recipes: [],
    lastLoginAt: 'derniere_connexion',
    status: { column: 'actif', active: [1], disabled: 0 },
    fills: {},
  },
  subscriptions: {
    table: 'abonnement',
    userId: 'user_id',
    plan: 'formule',
    startsAt: 'date_debut',
    endsAt: 'date_fin',
    standing: { column: 'statut', good: ['actif'], cancelled: ['resilie'], unpaid: ['impaye'] },
  },
};
