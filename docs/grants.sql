-- The rights of the two accounts, for the built-in mapping and a database named company. Neither can change the definition of an
-- existing table. The account that migrates cannot even read those tables.

-- Before `move-acces db migrate`, which runs as this account:
CREATE USER 'move_migrate'@'10.0.0.%' IDENTIFIED BY RANDOM PASSWORD; -- MariaDB: IDENTIFIED BY '…'
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON `company`.`auth_sessions` TO 'move_migrate'@'10.0.0.%';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON `company`.`auth_credentials` TO 'move_migrate'@'10.0.0.%';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON `company`.`auth_email_claims` TO 'move_migrate'@'10.0.0.%';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON `company`.`auth_definitions` TO 'move_migrate'@'10.0.0.%';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON `company`.`audit_logs` TO 'move_migrate'@'10.0.0.%';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON `company`.`audit_seals` TO 'move_migrate'@'10.0.0.%';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON `company`.`auth_migrations` TO 'move_migrate'@'10.0.0.%';

-- After it, for the account of `move-acces serve`:
CREATE USER 'move_serve'@'10.0.0.%' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, INSERT, UPDATE ON `company`.`users` TO 'move_serve'@'10.0.0.%';
GRANT SELECT, INSERT, UPDATE ON `company`.`acces_app` TO 'move_serve'@'10.0.0.%';
GRANT SELECT ON `company`.`abonnement` TO 'move_serve'@'10.0.0.%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `company`.`auth_sessions` TO 'move_serve'@'10.0.0.%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `company`.`auth_credentials` TO 'move_serve'@'10.0.0.%';
GRANT SELECT, INSERT, UPDATE, DELETE ON `company`.`auth_email_claims` TO 'move_serve'@'10.0.0.%';
GRANT SELECT, INSERT, UPDATE ON `company`.`auth_definitions` TO 'move_serve'@'10.0.0.%';
GRANT SELECT, INSERT, DELETE ON `company`.`audit_logs` TO 'move_serve'@'10.0.0.%';
GRANT SELECT, INSERT ON `company`.`audit_seals` TO 'move_serve'@'10.0.0.%';
GRANT SELECT ON `company`.`auth_migrations` TO 'move_serve'@'10.0.0.%';
