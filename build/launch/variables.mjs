/** Every variable that the engine without a window reads, for the help text of the programs that start it. Runs on old Nodes. */
export const VARIABLES_HELP = `  PUSHDESK_DATA_DIR                 the data folder, otherwise ~/.config/Pushdesk or the system's equivalent
  PUSHDESK_PORT                     the port on 127.0.0.1 and ::1, otherwise the one in Settings (4830); 0 takes any free one
  PUSHDESK_VAPID_PRIVATE_KEY        the private key of a key pair to sign with
  PUSHDESK_VAPID_SUBJECT            its contact (needed)
  PUSHDESK_VAPID_PUBLIC_KEY         its public key, to check that both match (optional)
  PUSHDESK_API_TOKEN                the token of the local API, 32 characters or more
  PUSHDESK_WORKERS                  the PostgreSQL database through which workers on other machines get their work
  PUSHDESK_EXTRA_CA_CERTS           a file of certificates (PEM) to trust as well, for your own push service
  PUSHDESK_LOG                      json (otherwise) or plain: the form of the log, on standard error
  PUSHDESK_LOG_LEVEL                debug, info (otherwise), warn or error

Each setting has a variable as well, PUSHDESK_MAX_IN_FLIGHT for example; docs/server.md lists them. A variable wins over what is stored.

For the key pair, the token and the database, add _FILE to the name (PUSHDESK_API_TOKEN_FILE) to give a file that holds the value.`;
