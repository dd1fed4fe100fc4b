-- A club: member numbers that are texts, names with spaces and accents, no unique index on the address, numbers for every status.
CREATE TABLE `Fichier des membres` (
  `N° membre`     VARCHAR(40) PRIMARY KEY,
  `Adresse e-mail` VARCHAR(191) NULL,
  `Prénom`        VARCHAR(60) NULL,
  `Nom`           VARCHAR(60) NULL,
  `Téléphone`     VARCHAR(32) NULL,
  `Inscrit le`    DATETIME NULL
);
CREATE TABLE `Accès` (
  `Membre`        VARCHAR(40) NOT NULL,
  `Mot de passe`  VARCHAR(255) NULL,
  `Vu le`         DATE NULL,
  `Ouvert`        TINYINT NOT NULL DEFAULT 1
);
CREATE TABLE `Cotisations` (
  `Membre`        VARCHAR(40) NOT NULL,
  `Genre`         VARCHAR(40) NOT NULL,
  `Du`            DATE NOT NULL,
  `Au`            DATE NULL,
  `Etat`          TINYINT NOT NULL
);
