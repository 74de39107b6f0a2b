-- Run once by the PostgreSQL image, on an empty volume: the portal's own role and database.
-- The role is no superuser, and texts are compared as in the tests.
\getenv password DATABASE_PASSWORD
CREATE ROLE portal LOGIN PASSWORD :'password';
CREATE DATABASE portal OWNER portal TEMPLATE template0
    ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8';
REVOKE CONNECT ON DATABASE portal FROM PUBLIC;
-- The image insists on a password for its superuser; from here on it signs in locally only.
ALTER ROLE postgres PASSWORD NULL;
