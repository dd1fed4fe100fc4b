import { credentialStoreContract } from '../kit/contracts/accounts/credential-store.contract.js';
import { userRepositoryContract } from '../kit/contracts/accounts/user-repository.contract.js';
import { existingSchemaContract } from '../kit/contracts/operations/existing-schema.contract.js';
import { subscriptionReaderContract } from '../kit/contracts/subscriptions/subscription-reader.contract.js';
import type { OpenStore } from '../kit/contracts/support/store-harness.js';
import { unitOfWorkContract } from '../kit/contracts/unit-of-work.contract.js';
import { fullExamples, schemaMapExample } from '../support/schema-map-example.js';
import { mappedServerStore, openMappedSqliteStore } from './support/mapped-harness.js';

function contracts(name: string, open: OpenStore, hasSubscriptions: boolean): void {
  userRepositoryContract(name, open);
  credentialStoreContract(name, open);
  unitOfWorkContract(name, open);
  existingSchemaContract(name, open);
  if (hasSubscriptions) subscriptionReaderContract(name, open);
}

for (const name of fullExamples) {
  const example = schemaMapExample(name);
  const hasSubscriptions = example.map.subscriptions !== null;
  describe(`The example mapping ${name}`, () => {
    describe('on a server', () => contracts(`the server's tables of ${name}`, mappedServerStore(example), hasSubscriptions));
    contracts(`the file's tables of ${name}`, () => openMappedSqliteStore(example), hasSubscriptions);
  });
}
