/** Numbers up to here mean the same to MySQL, which the driver's names are of. */
const sharedUpTo = 1880;

/** Where both have taken numbers of MySQL 5.7. */
const isSharedLater = (errno: number): boolean => errno >= 3000 && errno <= 3060;

/** MariaDB's own, of those that our statements can meet. */
const names: Readonly<Record<number, string>> = {
  1901: 'ER_GENERATED_COLUMN_FUNCTION_IS_NOT_ALLOWED',
  1906: 'ER_WARNING_NON_DEFAULT_VALUE_FOR_GENERATED_COLUMN',
  1916: 'ER_DATA_OVERFLOW',
  1917: 'ER_DATA_TRUNCATED',
  1918: 'ER_BAD_DATA',
  1927: 'ER_CONNECTION_KILLED',
  1931: 'ER_QUERY_EXCEEDED_ROWS_EXAMINED_LIMIT',
  1932: 'ER_NO_SUCH_TABLE_IN_ENGINE',
  1950: 'ER_GTID_STRICT_OUT_OF_ORDER',
  1959: 'ER_INVALID_ROLE',
  1964: 'ER_PRIOR_COMMIT_FAILED',
  1969: 'ER_STATEMENT_TIMEOUT',
  1977: 'ER_CANNOT_CONVERT_CHARACTER',
  1978: 'ER_INVALID_DEFAULT_VALUE_FOR_FIELD',
  4025: 'ER_CONSTRAINT_FAILED',
  4026: 'ER_EXPRESSION_IS_TOO_BIG',
  4027: 'ER_ERROR_EVALUATING_EXPRESSION',
  4028: 'ER_CALCULATING_DEFAULT_VALUE',
  4029: 'ER_EXPRESSION_REFERS_TO_UNINIT_FIELD',
  4031: 'ER_REFERENCED_TRG_DOES_NOT_EXIST',
  4035: 'ER_JSON_BAD_CHR',
  4036: 'ER_JSON_NOT_JSON_CHR',
  4037: 'ER_JSON_EOS',
  4038: 'ER_JSON_SYNTAX',
  4039: 'ER_JSON_ESCAPING',
  4040: 'ER_JSON_DEPTH',
  4078: 'ER_ILLEGAL_PARAMETER_DATA_TYPES2_FOR_OPERATION',
  4079: 'ER_ILLEGAL_PARAMETER_DATA_TYPE_FOR_OPERATION',
  4084: 'ER_SEQUENCE_RUN_OUT',
  4085: 'ER_SEQUENCE_INVALID_DATA',
};

/** How MariaDB names an error; undefined where MySQL has the same name for it. A number that is in no list is its own name. */
export const mariadbErrorName = (errno: number): string | undefined =>
  errno <= sharedUpTo || isSharedLater(errno) ? undefined : (names[errno] ?? `ER_${errno}`);
