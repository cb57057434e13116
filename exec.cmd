@rem What the shells of other systems have built in: npm start and npm run headless begin with it, so that signals reach Node.
@%*
