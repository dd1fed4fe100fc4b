-- A publisher: similar to the reference tables, with numbers for every status and a password column of older software.
CREATE TABLE readers (
  id         INT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
  email      VARCHAR(150) NOT NULL UNIQUE,
  first_name VARCHAR(60) NOT NULL,
  last_name  VARCHAR(60) NOT NULL,
  tel        VARCHAR(32) NOT NULL,
  level      TINYINT NOT NULL,
  newsletter TINYINT NOT NULL,
  created    TIMESTAMP NOT NULL
);
CREATE TABLE reader_passwords (
  id        INT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
  reader_id INT UNSIGNED NOT NULL UNIQUE,
  password  VARCHAR(100) NOT NULL,
  changed   DATE NOT NULL,
  blocked   INT NULL
);
CREATE TABLE subscriptions (
  id        INT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
  reader_id INT UNSIGNED NOT NULL,
  magazine  VARCHAR(60) NOT NULL,
  first_day DATE NOT NULL,
  last_day  DATE NULL,
  paid      INT NULL
);
