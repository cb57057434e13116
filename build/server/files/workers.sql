-- A database for workers, with a role that may do nothing else. Run it as the administrator of the database server:
--   psql --variable password='a long random password' --file workers.sql postgres
\set ON_ERROR_STOP on
CREATE ROLE pushdesk LOGIN PASSWORD :'password';
CREATE DATABASE pushdesk;
REVOKE ALL ON DATABASE pushdesk FROM PUBLIC;
GRANT CONNECT ON DATABASE pushdesk TO pushdesk;
\connect pushdesk
REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA pushdesk AUTHORIZATION pushdesk;
