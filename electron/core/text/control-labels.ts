/** Controls that errors name: the screen takes its labels from here, so that both say the same. */
export const CONTROL_LABELS = { allowPrivateEndpoints: 'Allow self-hosted push services' } as const;
