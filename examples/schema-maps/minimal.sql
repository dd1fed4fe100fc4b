-- The minimum: a login name and a password. MD5 digests of the salt and the password, with the salt in a column of its own.
CREATE TABLE people (
  id    INT AUTO_INCREMENT PRIMARY KEY,
  login VARCHAR(100) NOT NULL,
  hash  CHAR(32) NOT NULL,
  salt  CHAR(8) NOT NULL
);
