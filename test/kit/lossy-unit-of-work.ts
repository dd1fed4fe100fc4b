import { AuthError } from '../../core/domain/auth-error.js';
import type { Stores, UnitOfWork, UnitOfWorkOptions } from '../../core/ports/unit-of-work.js';

/** Commits its work, and can lose the result: a network that breaks between the commit and its confirmation. */
export class LossyUnitOfWork implements UnitOfWork {
  readonly #unitOfWork: UnitOfWork;
  #losses = 0;

  constructor(options: { readonly unitOfWork: UnitOfWork }) {
    this.#unitOfWork = options.unitOfWork;
  }

  /** The next unit of work that commits rejects with `dependency_unavailable`. A second call affects the unit of work after it as well. */
  dropNextAnswer(): void {
    this.#losses += 1;
  }

  async run<Result>(work: (stores: Stores) => Promise<Result>, options?: UnitOfWorkOptions): Promise<Result> {
    const result = await this.#unitOfWork.run(work, options);
    if (this.#losses === 0) return result;
    this.#losses -= 1;
    throw new AuthError('dependency_unavailable');
  }
}
