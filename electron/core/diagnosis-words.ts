import type { DiagnosisAction } from '../contract/diagnosis.ts';

/** `{service}` stands for the name of the push service, `{status}` for the HTTP status. */
interface Words {
  cause: string;
  cure: string;
  action: DiagnosisAction;
}

const words = (action: DiagnosisAction, cause: string, cure: string): Words => ({ cause, cure, action });

/** The words for every code that the rules can give, and for those that the engine sets itself. */
export const DIAGNOSIS_WORDS = {
  'subscription-gone': words(
    'ask-to-resubscribe',
    'The subscription no longer exists at {service}: the person has turned notifications off, or the browser has dropped it.',
    'Nothing to repair. It is now marked as gone and gets no more messages. The person can subscribe again.',
  ),
  'made-with-another-key': words(
    'choose-key',
    'The subscription was made with another key pair than the one that signed this message.',
    'Import the key pair it was made with on Keys. If that is lost, the browser has to subscribe again.',
  ),
  'token-refused': words(
    'fix-subject',
    '{service} refused the signed token that says who sends. Its contact address, its times or its key are not to its liking.',
    'Check that the contact on Keys is a real address and that the clock of this computer is right. Then try again.',
  ),
  'apple-token-refused': words(
    'fix-subject',
    'Apple refused the signed token (BadJwtToken). Most often the contact address is the reason: Apple takes no @localhost, no spaces and no brackets. A wrong clock is the other.',
    'Change the contact on Keys to a real address such as mailto:you@example.com, check the clock of this computer, then try again.',
  ),
  'clock-wrong': words(
    'check-clock',
    '{service} refused the signed token, and its clock differs from this computer by more than five minutes. To it the token looks expired or not valid yet.',
    'Set the clock of this computer by the internet, then try again.',
  ),
  'auth-refused': words(
    'choose-key',
    '{service} did not let this sender in (HTTP {status}) and did not say why. Most often the subscription was made with another key pair, or the contact is refused.',
    'Check on Keys that the right key pair is there and its contact is a real address. Read the answer below for a hint. The subscription was kept.',
  ),
  'registration-refused': words(
    'ask-to-resubscribe',
    'Google does not know this subscription together with this key pair (UnauthorizedRegistration). It may have been made in an old way, without a key.',
    'Check that the key pair on Keys is the one it was made with. If it is old, the browser has to subscribe again.',
  ),
  'topic-refused': words(
    'fix-message',
    '{service} refused the topic of the message.',
    'Change the topic in Compose: at most 32 letters, digits, - and _. Another length can help. Then send it again.',
  ),
  'ttl-refused': words(
    'fix-message',
    '{service} refused the TTL, the time that it keeps a message for a device that is away.',
    'Choose another TTL in Compose, for example one day, and send it again.',
  ),
  'urgency-refused': words(
    'fix-message',
    '{service} refused the urgency of the message.',
    'Choose the urgency "normal" in Compose and send it again.',
  ),
  'cache-policy-refused': words(
    'fix-message',
    'Microsoft says that the TTL and the cache policy of the request contradict each other.',
    'Choose another TTL in Compose and send it again. If it stays, please report it: Pushdesk sets the policy by itself.',
  ),
  'header-refused': words(
    'none',
    '{service} found fault with a header of the request.',
    'Read the answer below. If the subscription came by import, the browser should subscribe again; else please report it.',
  ),
  'bad-request': words(
    'none',
    '{service} found fault with the request (HTTP 400), but not with anything known here.',
    'Read the answer below: it says what the service disliked. The subscription was kept.',
  ),
  moved: words(
    'ask-to-resubscribe',
    '{service} says that this endpoint has moved (HTTP {status}). Pushdesk does not follow, because a message must only go where the browser said.',
    'The browser should subscribe again. The subscription was kept.',
  ),
  'payload-too-large': words(
    'shorten-payload',
    'The message is too large for {service}.',
    'Shorten the text or the addresses in Compose and send it again. It will not be repeated as it is.',
  ),
  'rate-limited': words(
    'try-again',
    '{service} gets too many messages at the moment and asks to slow down.',
    'Nothing to repair. Wait a while, then try again.',
  ),
  'service-timed-out': words(
    'try-again',
    '{service} waited too long for the request (HTTP 408).',
    'Check the internet connection if it happens often. Then try again.',
  ),
  'service-unavailable': words(
    'try-again',
    '{service} cannot take messages at the moment (HTTP {status}).',
    'Nothing to repair here. Wait a few minutes, then try again.',
  ),
  'service-error': words(
    'try-again',
    '{service} has an error of its own (HTTP {status}).',
    'Nothing to repair here. Wait a few minutes, then try again.',
  ),
  'connection-refused': words(
    'check-network',
    'Nobody answered at the address of {service}: the connection was refused.',
    'Check the internet connection and any firewall. For a push service of your own: check that it runs. Then try again.',
  ),
  'name-not-found': words(
    'check-network',
    'The address of {service} could not be found (DNS).',
    'Check the internet connection. If it works, the endpoint may be mistyped. Then try again.',
  ),
  'tls-failed': words(
    'check-network',
    'A safe connection to {service} could not be made (TLS): its certificate was not accepted.',
    'Check the clock of this computer, and any proxy or virus scanner that looks into connections. For a push service of your own: make its certificate known with PUSHDESK_EXTRA_CA_CERTS.',
  ),
  'connection-reset': words(
    'check-network',
    'The connection to {service} broke off before its answer was complete. Whether it took the message is not known.',
    'Check the internet connection, then try again.',
  ),
  'timed-out': words(
    'check-network',
    '{service} did not answer in time. Whether it took the message is not known.',
    'Check the internet connection, then try again.',
  ),
  'connection-failed': words(
    'check-network',
    'The connection to {service} failed.',
    'Check the internet connection, then try again. The error is shown below.',
  ),
  'proxy-wants-password': words(
    'check-network',
    'The proxy of this network wants a user name and a password (HTTP 407). Nothing reached {service}.',
    'Set HTTPS_PROXY to http://user:password@host:port with those of your proxy and start Pushdesk again, or except {service} from the proxy.',
  ),
  'proxy-refused': words(
    'check-network',
    'The proxy of this network does not let a connection to {service} through. Nothing reached it.',
    'Ask whoever runs the proxy to allow it, or except {service} with NO_PROXY. What the proxy said stands below.',
  ),
  'proxy-unreachable': words(
    'check-network',
    'The proxy of this network cannot be reached. Nothing reached {service}.',
    'Check the proxy in the settings of the system, or in HTTPS_PROXY, and whether it runs. Then try again.',
  ),
  'proxy-silent': words(
    'check-network',
    'The proxy of this network takes connections and does not answer. Nothing reached {service}.',
    'Check the proxy, or choose another one in the settings of the system or in HTTPS_PROXY. Then try again.',
  ),
  'proxy-unsupported': words(
    'check-network',
    'The proxy of this network is of a kind that Pushdesk does not speak, such as SOCKS. Nothing was sent to {service}.',
    'Set an http or https proxy in the settings of the system, or in HTTPS_PROXY, and start Pushdesk again.',
  ),
  'private-address': words(
    'allow-private-endpoints',
    'The endpoint leads to a private address, inside this machine or its network. Nothing was sent.',
    'If that is a push service of your own, allow private addresses in Settings and try again. Else remove the subscription.',
  ),
  'invalid-endpoint': words(
    'ask-to-resubscribe',
    'The endpoint is not an address that a message can be sent to. Nothing was sent.',
    'Remove the subscription. The browser has to subscribe again.',
  ),
  'answer-too-large': words(
    'none',
    '{service} answered with far more text than a push service does. Reading stopped there, so the outcome is not known.',
    'Check that the endpoint belongs to a real push service.',
  ),
  'encryption-failed': words(
    'ask-to-resubscribe',
    'The message could not be encrypted with the keys of this subscription. Nothing was sent.',
    'The browser has to subscribe again: its keys are damaged.',
  ),
  'attempts-used-up': words(
    'try-again',
    'It was tried as often as is sensible, and {service} did not take it.',
    'Open the attempts below to see why. Try again when that has passed.',
  ),
  'ttl-over': words(
    'try-again',
    'The TTL of the message was over before {service} could take it.',
    'Send it again if it still matters. A longer TTL gives it more time.',
  ),
  interrupted: words(
    'try-again',
    'Pushdesk stopped while this message was on its way. Whether {service} took it is not known.',
    'Send it again only if getting it twice does no harm.',
  ),
  'left-meanwhile': words(
    'none',
    'The person cancelled, or the subscription was moved to the bin, before its turn came. Nothing was sent.',
    'Nothing to repair.',
  ),
  'key-not-held': words(
    'choose-key',
    'The private key that this subscription needs is not on this machine or cannot be opened. Nothing was sent.',
    'Import the key pair on Keys, then try again.',
  ),
  'not-recognised': words(
    'none',
    'The answer of {service} (HTTP {status}) was not recognised.',
    'Read the answer below: it stands there as it came. The subscription was kept.',
  ),
} satisfies Record<string, Words>;

export type DiagnosisCode = keyof typeof DIAGNOSIS_WORDS;
