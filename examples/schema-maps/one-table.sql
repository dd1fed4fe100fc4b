-- An online shop: one table with all accounts and their passwords, one column for the whole name, a number for the status.
-- VARCHAR(60) holds bcrypt but not Argon2id, so new hashes go to auth_credentials. There are no subscriptions.
CREATE TABLE customers (
  customer_id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
  mail        VARCHAR(191) NOT NULL UNIQUE,
  full_name   VARCHAR(150) NOT NULL,
  phone       VARCHAR(32) NULL,
  pass        VARCHAR(60) NOT NULL,
  state       SMALLINT NOT NULL,
  registered  DATETIME NOT NULL,
  last_visit  DATETIME NULL
);
