-- As little as can be: who, and the password. MD5 digests of the password and a salt beside it.
CREATE TABLE people (
  id    INT AUTO_INCREMENT PRIMARY KEY,
  login VARCHAR(100) NOT NULL,
  hash  CHAR(32) NOT NULL,
  salt  CHAR(8) NOT NULL
);
