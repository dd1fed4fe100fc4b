import type { World } from './make-world.js';

/**
 * The next use case that changes something does so, and whoever asked for it hears `dependency_unavailable`: what an app meets when a
 * connection breaks at the worst moment. Asked again, the use case has to cope with what is in place already.
 */
export function dropAnswerAfterCommit({ unitOfWork }: Pick<World, 'unitOfWork'>): void {
  unitOfWork.dropNextAnswer();
}
