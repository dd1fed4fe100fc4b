import { type Action, actions, type ErrorCode } from './error-code.js';
import type { DetailedCode, PlainCode, RefusalDetail } from './refusal-details.js';

/** What any refusal may have. */
export interface AuthErrorContext {
  /** What broke underneath: for the log alone, never for a response. */
  readonly cause?: unknown;
  /** Seconds after which trying again makes sense. */
  readonly retryAfterSeconds?: number;
}

/** A code with the detail that belongs to it. */
export type AuthErrorArguments =
  | {
      [Code in DetailedCode]: readonly [code: Code, context: AuthErrorContext & { readonly detail: RefusalDetail<Code> }];
    }[DetailedCode]
  | readonly [code: PlainCode, context?: AuthErrorContext & { readonly detail?: never }];

/** The one way to refuse. Its message is the code: no address, token or password can slip into a log by it. */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  readonly code: ErrorCode;
  readonly retryAfterSeconds: number | null;
  readonly #detail: RefusalDetail<DetailedCode> | null;

  constructor(...[code, context = {}]: AuthErrorArguments) {
    super(code, context.cause === undefined ? undefined : { cause: context.cause });
    this.code = code;
    this.retryAfterSeconds = context.retryAfterSeconds ?? null;
    this.#detail = context.detail ?? null;
  }

  get action(): Action {
    return actions[this.code];
  }

  /** The detail that belongs to `code`; null where the refusal has none, or another code. */
  detailOf<Code extends DetailedCode>(code: Code): RefusalDetail<Code> | null {
    // a cast: the constructor takes no detail but that of the code
    return this.code === code ? (this.#detail as RefusalDetail<Code> | null) : null;
  }
}

/** Whether an error is a refusal with this code. */
export const isRefusal = (error: unknown, code: ErrorCode): error is AuthError => error instanceof AuthError && error.code === code;
