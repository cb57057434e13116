import { CONTROL_LABELS } from '../text/control-labels.ts';
import type { DiagnosisAction } from '../../contract/diagnosis.ts';

/** `{service}` stands for the name of the push service, `{status}` for the HTTP status, `{wait}` for how long it asked to wait. */
interface Words {
  cause: string;
  cure: string;
  action: DiagnosisAction;
  /** Follows the cause if the answer gave no reason; if it gave one, that is quoted instead. */
  unsaid?: string;
  /** Introduces the quotation. */
  lead?: string;
}

const words = (
  action: DiagnosisAction,
  cause: string,
  cure: string,
  more: Pick<Words, 'unsaid' | 'lead'> = {},
): Words => ({ cause, cure, action, ...more });

const NO_REASON = 'It gave no reason.';

/** The words for every code that the rules can give, and for those that the engine itself sets. */
export const DIAGNOSIS_WORDS = {
  'subscription-gone': words(
    'ask-to-resubscribe',
    '{service} says that this subscription no longer exists. Usually the person turned notifications off, or the browser dropped it.',
    'Nothing to fix. It is now marked as gone and gets no more messages. The person can subscribe again.',
  ),
  'gone-by-words': words(
    'ask-to-resubscribe',
    '{service} says that this subscription no longer exists, but as if it had taken the message (HTTP {status}): something on the way has changed its answer.',
    'The subscription stays, since only HTTP 404 and 410 end one. Ask whoever runs the proxy or gateway to pass answers on unchanged. The person can subscribe again.',
  ),
  'endpoint-unknown': words(
    'ask-to-resubscribe',
    '{service} does not recognize this endpoint (HTTP {status}). The subscription no longer exists, or its endpoint was cut off or changed when it was copied.',
    'It is now marked as gone and gets no more messages. If it was imported, compare the endpoint with the original. Otherwise, the person can subscribe again.',
  ),
  'made-with-another-key': words(
    'choose-key',
    'This message was signed with a different key pair from the one the subscription was made with.',
    'Import the original key pair on Keys. If it is lost, the browser has to subscribe again.',
  ),
  'token-refused': words(
    'fix-subject',
    '{service} did not accept the VAPID token of this message.',
    'Check that the contact on Keys is a real address, that this computer is set to the right time, and that no proxy changes requests. Then try again.',
  ),
  'token-expired': words(
    'check-clock',
    '{service} says that the VAPID token has expired. Pushdesk renews its tokens hours ahead, so this computer’s clock is probably wrong.',
    'Set the clock of this computer to update automatically, then try again.',
  ),
  'token-updates-limited': words(
    'try-again',
    '{service} is getting new VAPID tokens too often. It allows about one an hour for each key pair.',
    'Wait an hour, then try again. If other programs sign with the same key pair, have them reuse their tokens.',
  ),
  'apple-token-refused': words(
    'fix-subject',
    'Apple rejected the VAPID token (BadJwtToken), usually because of its contact, sometimes because of a wrong clock.',
    'Change the contact on Keys to one plain address on a public domain, such as mailto:you@example.com, check the time on this computer, then try again.',
  ),
  'clock-wrong': words(
    'check-clock',
    '{service} rejected the VAPID token, and its clock and this computer’s differ by more than five minutes. The token looks expired or not yet valid.',
    'Set the clock of this computer to update automatically, then try again.',
  ),
  'auth-refused': words(
    'choose-key',
    '{service} rejected this sender (HTTP {status}). Most often the subscription was made with another key pair, or the contact is not accepted.',
    'Check on Keys that the right key pair is there and that its contact is a real address. The subscription was kept.',
    { unsaid: NO_REASON },
  ),
  'registration-refused': words(
    'ask-to-resubscribe',
    '{service} does not recognize this subscription with this key pair. It may be an old one that was made without a key.',
    'Check that the key pair on Keys is the one it was made with. If the subscription is old, the browser has to subscribe again.',
  ),
  'endpoint-refused': words(
    'ask-to-resubscribe',
    '{service} rejected the endpoint, which was probably cut off or changed when it was copied.',
    'The key pair and the contact are not the problem. Compare the endpoint with the one you copied. If they are the same, the browser has to subscribe again.',
  ),
  'not-a-push-endpoint': words(
    'ask-to-resubscribe',
    'The server at this endpoint does not accept push messages (HTTP {status}).',
    'Check that the endpoint is complete and belongs to a push service. If it does, the browser has to subscribe again.',
  ),
  'nobody-listens': words(
    'ask-to-resubscribe',
    'No app is listening at this endpoint, so {service} did not accept the message.',
    'Open the app that subscribed so that it connects again. If it was uninstalled, remove the subscription.',
  ),
  'web-page-answered': words(
    'check-network',
    'A web page answered in place of {service} (HTTP {status}), so the message was not accepted.',
    'If this network has a login page, log in. If a firewall is in the way, ask whoever runs it to allow push messages. Otherwise, check the endpoint.',
    { lead: 'The page says:' },
  ),
  'router-answered': words(
    'check-network',
    'A web server or router seems to have answered in place of {service}: nothing is at this address (HTTP {status}), so the message was not accepted.',
    'If this is your own push service, check that it is running and that its address leads to it. Otherwise, check the endpoint. The subscription was kept.',
    { lead: 'The answer says:' },
  ),
  'gateway-answered': words(
    'check-network',
    'A gateway or a hosting service seems to have answered in place of {service} (HTTP {status}), so the message was not accepted.',
    'If this is your own push service, check its account, its certificates and what stands in front of it. Otherwise, check the endpoint. The subscription was kept.',
    { lead: 'The answer says:' },
  ),
  'network-login': words(
    'check-network',
    'This network requires a login before anything can be sent (HTTP {status}).',
    'Open a browser, log in to the network, then try again.',
    { lead: 'The network says:' },
  ),
  'topic-refused': words(
    'fix-message',
    '{service} rejected the topic of the message.',
    'Change the topic in Compose: up to 32 letters, digits, - and _. A different length may help. Then send it again.',
  ),
  'ttl-refused': words(
    'fix-message',
    '{service} rejected the TTL, the time it keeps a message for a device that is offline.',
    'Choose another TTL in Compose, such as one day, and send it again.',
  ),
  'urgency-refused': words(
    'fix-message',
    '{service} rejected the urgency of the message.',
    'Choose normal urgency in Compose and send it again.',
  ),
  'cache-policy-refused': words(
    'fix-message',
    'Microsoft says that the TTL and the cache policy of the request conflict.',
    'Choose another TTL in Compose and send it again. If that does not help, please report it: Pushdesk sets the policy.',
  ),
  'header-refused': words(
    'none',
    '{service} rejected a header of the request.',
    'If the subscription was imported, its keys may be damaged: have the browser subscribe again. Otherwise, please report it.',
    { unsaid: NO_REASON },
  ),
  'header-lost': words(
    'check-network',
    '{service} did not receive the TTL header, which every message is sent with: something on the way has removed it.',
    'If a proxy, a gateway or security software inspects the connection, ask whoever runs it to leave the headers of push messages alone, or exclude {service} with NO_PROXY. Then send it again.',
  ),
  'encoding-refused': words(
    'ask-to-resubscribe',
    '{service} does not accept the way the message was encrypted (aes128gcm, RFC 8291).',
    'The browser may be too old. Update it, then subscribe again.',
  ),
  'bad-request': words(
    'none',
    '{service} rejected the request (HTTP {status}).',
    'Read the full answer in the log of the delivery. The subscription was kept.',
    { unsaid: NO_REASON },
  ),
  moved: words(
    'ask-to-resubscribe',
    '{service} redirected the message to another address (HTTP {status}). Pushdesk does not follow redirects: a message must only go where the browser said.',
    'If this network has a login page, log in and try again. Otherwise, have the browser subscribe again. The subscription was kept.',
    { lead: 'It points to:' },
  ),
  'payload-too-large': words(
    'shorten-payload',
    'The message is too large for {service}.',
    'Shorten the text or the addresses in Compose and send it again. Pushdesk does not retry it.',
  ),
  'rate-limited': words(
    'try-again',
    '{service} is getting too many messages and asks Pushdesk to slow down.',
    'Nothing to fix. Wait a while, then try again.',
  ),
  'channel-throttled': words(
    'try-again',
    '{service} is limiting this subscription, because it got too many messages in a short time. Other subscriptions are not affected.',
    'Nothing to fix. Wait a while, then try again. Send to it less often.',
  ),
  'dropped-by-service': words(
    'try-again',
    'Dropped by the service: {service} took the request (HTTP {status}) but will not deliver the message.',
    'Usually the device was offline and the TTL was 0, or notifications are turned off on it. Send it again with a longer TTL. If it keeps being dropped, the browser has to subscribe again.',
  ),
  'service-timed-out': words(
    'try-again',
    '{service} gave up waiting for the request (HTTP {status}).',
    'If this happens often, check the internet connection. Then try again.',
  ),
  'service-unavailable': words(
    'try-again',
    '{service} cannot accept messages right now (HTTP {status}).',
    'Nothing to fix here. Wait a few minutes, then try again.',
  ),
  'service-error': words(
    'try-again',
    '{service} had an internal error (HTTP {status}).',
    'Nothing to fix here. Wait a few minutes, then try again.',
  ),
  'service-full': words(
    'try-again',
    '{service} has no room for the message (HTTP {status}).',
    'If it is your own push service, free some space there. Then try again.',
  ),
  'service-misconfigured': words(
    'none',
    '{service} is not set up to handle this request (HTTP {status}).',
    'If it is your own push service, check its configuration and any proxy in front of it.',
  ),
  'connection-refused': words(
    'check-network',
    'The connection to {service} was refused.',
    'Check the internet connection and any firewall. If this is your own push service, check that it is running. Then try again.',
  ),
  'name-not-found': words(
    'check-network',
    'The address of {service} could not be found (DNS).',
    'Check the internet connection. If it works, the endpoint may be mistyped. Then try again.',
  ),
  'tls-failed': words(
    'check-network',
    'No secure connection to {service} could be made (TLS): its certificate was not accepted.',
    'Check the clock of this computer, and any proxy or virus scanner that inspects connections. For your own push service, make its certificate known with PUSHDESK_EXTRA_CA_CERTS.',
  ),
  'connection-reset': words(
    'check-network',
    'The connection to {service} dropped before an answer came. It is not known whether the message was accepted.',
    'Check the internet connection, then try again.',
  ),
  'timed-out': words(
    'check-network',
    '{service} did not answer in time. It is not known whether the message was accepted.',
    'Check the internet connection, then try again.',
  ),
  'connection-failed': words(
    'check-network',
    'The connection to {service} failed.',
    'Check the internet connection, then try again. The error is shown below.',
  ),
  'proxy-wants-password': words(
    'check-network',
    'The proxy of this network requires a user name and password (HTTP 407). Nothing reached {service}.',
    'Set HTTPS_PROXY to http://user:password@host:port and restart Pushdesk, or exclude {service} with NO_PROXY.',
    { lead: 'The proxy says:' },
  ),
  'proxy-refused': words(
    'check-network',
    'The proxy of this network blocked the connection to {service}. Nothing reached it.',
    'Ask whoever runs the proxy to allow it, or exclude {service} with NO_PROXY. What the proxy said is shown below.',
  ),
  'proxy-failed': words(
    'check-network',
    'The proxy of this network could not get an answer from {service} (HTTP {status}).',
    'Ask whoever runs the proxy to check it, or exclude {service} with NO_PROXY. Then try again.',
    { lead: 'The proxy says:' },
  ),
  'proxy-unreachable': words(
    'check-network',
    'The proxy of this network cannot be reached. Nothing reached {service}.',
    'Check that the proxy in the system settings, or in HTTPS_PROXY, is right and running. Then try again.',
  ),
  'proxy-silent': words(
    'check-network',
    'The proxy of this network accepts connections but does not answer. Nothing reached {service}.',
    'Check the proxy, or choose another one in the system settings or in HTTPS_PROXY. Then try again.',
  ),
  'proxy-unsupported': words(
    'check-network',
    'The proxy of this network is of a kind that Pushdesk does not support, such as SOCKS. Nothing was sent to {service}.',
    'Set an http or https proxy in the system settings, or in HTTPS_PROXY, and restart Pushdesk.',
  ),
  'private-address': words(
    'allow-private-endpoints',
    'The endpoint points to a private address, on this computer or its network. Nothing was sent.',
    `If that is your own push service, turn on “${CONTROL_LABELS.allowPrivateEndpoints}” in Settings and try again. Otherwise remove the subscription.`,
  ),
  'invalid-endpoint': words(
    'ask-to-resubscribe',
    'The endpoint is not an address that messages can be sent to. Nothing was sent.',
    'Remove the subscription. The browser has to subscribe again.',
  ),
  'answer-too-large': words(
    'none',
    '{service} sent far more header text than a push service should, so its answer was not read. It is not known whether the message was accepted.',
    'Check that the endpoint belongs to a real push service.',
  ),
  'answer-not-http': words(
    'none',
    '{service} sent an answer that breaks the rules of HTTP, so it could not be read. It is not known whether the message was accepted. It was not sent again, because it might then arrive twice.',
    'Check that the endpoint belongs to a real push service. If it is your own, check it and any proxy in front of it. The error is shown below.',
  ),
  'encryption-failed': words(
    'ask-to-resubscribe',
    'The message could not be encrypted with the keys of this subscription. Nothing was sent.',
    'The keys are damaged, so the browser has to subscribe again.',
  ),
  'attempts-used-up': words(
    'try-again',
    'Pushdesk tried several times, and {service} did not accept the message.',
    'The attempts below show why. Try again once the problem has passed.',
  ),
  'recipient-hours': words(
    'none',
    'It waits until its time in the recipient’s time zone, or for the end of the quiet hours there.',
    'Nothing to do: it is sent then.',
  ),
  'hour-missed': words(
    'none',
    'This recipient’s time passed while Pushdesk wasn’t running or the computer was asleep, and you left them out. Nothing was sent.',
    'Nothing to fix.',
  ),
  'ttl-over': words(
    'try-again',
    'The TTL of the message ran out before {service} accepted it.',
    'Send it again if it still matters. A longer TTL gives it more time.',
  ),
  'wait-too-long': words(
    'try-again',
    '{service} asked to wait {wait}. By then the message would have been out of date, so it was not tried again.',
    'Wait a while, then send it again if it still matters. A longer TTL gives it more time.',
  ),
  interrupted: words(
    'try-again',
    'Pushdesk stopped while this message was being sent. It is not known whether {service} accepted it.',
    'Send it again only if getting it twice does no harm.',
  ),
  'worker-lost': words(
    'try-again',
    'Contact with the worker that was sending this message was lost. It is not known whether {service} accepted it.',
    'Send it again only if getting it twice does no harm. If the worker’s result still arrives, it replaces this one.',
  ),
  'left-meanwhile': words(
    'none',
    'The person unsubscribed, or the subscription expired or was moved to the bin, before its turn came. Nothing was sent.',
    'Nothing to fix. If it was restored since, send the message to it again.',
  ),
  erased: words(
    'none',
    'The subscription was erased while its message was being sent. If the message was already on its way, it may still have arrived.',
    'Nothing to fix.',
  ),
  'key-not-held': words(
    'choose-key',
    'The private key for this subscription is not on this computer or cannot be unlocked. Nothing was sent.',
    'Unlock the key ring on Keys, or import your copy of the key pair there. Sending then continues.',
  ),
  'not-recognised': words(
    'none',
    '{service} gave an answer that push services do not normally give (HTTP {status}).',
    'Read the full answer in the log of the delivery. The subscription was kept.',
    { unsaid: NO_REASON },
  ),
} satisfies Record<string, Words>;

export type DiagnosisCode = keyof typeof DIAGNOSIS_WORDS;
