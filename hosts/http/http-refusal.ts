import type { HttpCode } from './http-problems.js';

/** Refuses a request with a code that exists only in HTTP. Hosts respond with the code's problem document, as for an `AuthError`. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly code: HttpCode;

  constructor(code: HttpCode) {
    super(code);
    this.code = code;
  }
}
