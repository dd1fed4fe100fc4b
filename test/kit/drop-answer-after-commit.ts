import type { World } from './make-world.js';

/**
 * Makes the next use case that changes data commit, and then reject with `dependency_unavailable`, as when a connection breaks at the worst
 * time. A repeat of the use case must handle the changes that are already committed.
 */
export function dropAnswerAfterCommit({ unitOfWork }: Pick<World, 'unitOfWork'>): void {
  unitOfWork.dropNextAnswer();
}
