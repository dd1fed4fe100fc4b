/** The operator declined a confirmation. */
export class Declined extends Error {
  override readonly name = 'Declined';

  constructor() {
    super('Nothing was changed.');
  }
}
