-- A software company: UUIDs for keys, and NOT NULL columns that Move Acces does not know but must fill in a new row.
CREATE TABLE accounts (
  uid        CHAR(36) PRIMARY KEY,
  email      VARCHAR(191) NOT NULL UNIQUE,
  given_name VARCHAR(80) NULL,
  surname    VARCHAR(80) NULL,
  mobile     VARCHAR(32) NULL,
  tenant     INT NOT NULL,
  locale     CHAR(5) NOT NULL,
  terms_on   DATE NOT NULL,
  status     ENUM('enabled','locked','closed') NOT NULL,
  created_at DATETIME NOT NULL,
  updated_at DATETIME NOT NULL
);
CREATE TABLE logins (
  account_uid CHAR(36) PRIMARY KEY,
  secret      VARCHAR(255) NOT NULL,
  algorithm   VARCHAR(20) NOT NULL,
  seen_at     DATETIME NULL
);
CREATE TABLE plans (
  id          BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
  account_uid CHAR(36) NOT NULL,
  sku         VARCHAR(50) NOT NULL,
  valid_from  DATETIME(3) NOT NULL,
  valid_to    DATETIME(3) NULL,
  state       VARCHAR(20) NOT NULL
);
