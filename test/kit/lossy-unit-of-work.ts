import { AuthError } from '../../core/domain/auth-error.js';
import type { Stores, UnitOfWork, UnitOfWorkOptions } from '../../core/ports/unit-of-work.js';

/** Commits what it is told to, and can lose the answer: a network that breaks between the commit and the word of it. */
export class LossyUnitOfWork implements UnitOfWork {
  readonly #unitOfWork: UnitOfWork;
  #losses = 0;

  constructor(options: { readonly unitOfWork: UnitOfWork }) {
    this.#unitOfWork = options.unitOfWork;
  }

  /** The next unit of work that commits is answered `dependency_unavailable`; called again, the one after it as well. */
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
