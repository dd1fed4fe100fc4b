/** Whoever was asked said no. */
export class Declined extends Error {
  override readonly name = 'Declined';

  constructor() {
    super('Nothing was changed.');
  }
}
