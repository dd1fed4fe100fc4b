import type { HttpCode } from './http-problems.js';

/** Refuses a request by a code that only HTTP can say. Hosts answer it with the problem document of the code, as they do an `AuthError`. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly code: HttpCode;

  constructor(code: HttpCode) {
    super(code);
    this.code = code;
  }
}
